from django.urls import path

from workspace.organization.views import checks, closing, listing, merging, parting, past, place, tree, unit

app_name = "organization"
urlpatterns = [
    path("", tree.tree_page, name="tree"),
    path("sheet/", tree.print_sheet, name="sheet"),
    path("units.xlsx", tree.export, {"kind": "xlsx"}, name="xlsx"),
    path("units.csv", tree.export, {"kind": "csv"}, name="csv"),
    path("checks/", checks.checks, name="checks"),
    path("as-of/", past.as_of, name="as_of"),
    path("as-of.xlsx", past.export, name="as_of_xlsx"),
    path("units/<int:pk>/", unit.unit_page, name="unit"),
    path("units/<int:pk>/edit/", unit.edit, name="edit"),
    path("units/<int:pk>/children/", tree.children, name="children"),
    path("units/<int:pk>/children/new/", unit.new, name="new"),
    path("units/<int:pk>/children/listing/", listing.listing, name="listing"),
    path("units/<int:pk>/children/listing/template.xlsx", listing.template, name="listing_template"),
    path("units/<int:pk>/children/listing/undoing/", listing.unlisting, name="unlisting"),
    path("units/<int:pk>/history/", past.history, name="history"),
    path("units/<int:pk>/place/", place.place, name="place"),
    path("units/<int:pk>/merging/", merging.merging, name="merging"),
    path("units/<int:pk>/splitting/", parting.splitting, name="splitting"),
    path("units/<int:pk>/conversion/", parting.converting, name="conversion"),
    path("units/<int:pk>/snoozes/<str:code>/", checks.snooze, name="snooze"),
    path("units/<int:pk>/order/", place.order, name="order"),
    path("units/<int:pk>/closing/", closing.closing, name="closing"),
    path("units/<int:pk>/reopening/", closing.reopening, name="reopening"),
    path("units/<int:pk>/sample/", closing.clearing, name="clear_sample"),
]
