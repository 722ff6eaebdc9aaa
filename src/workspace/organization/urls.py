from django.urls import path

from workspace.organization.views import closing, listing, past, place, tree, unit

app_name = "organization"
urlpatterns = [
    path("", tree.tree_page, name="tree"),
    path("sheet/", tree.print_sheet, name="sheet"),
    path("units.xlsx", tree.export, {"kind": "xlsx"}, name="xlsx"),
    path("units.csv", tree.export, {"kind": "csv"}, name="csv"),
    path("as-of/", past.as_of, name="as_of"),
    path("as-of.xlsx", past.export, name="as_of_xlsx"),
    path("units/<int:pk>/", unit.unit_page, name="unit"),
    path("units/<int:pk>/edit/", unit.edit, name="edit"),
    path("units/<int:pk>/children/", tree.children, name="children"),
    path("units/<int:pk>/children/new/", unit.new, name="new"),
    path("units/<int:pk>/children/listing/", listing.listing, name="listing"),
    path("units/<int:pk>/history/", past.history, name="history"),
    path("units/<int:pk>/place/", place.place, name="place"),
    path("units/<int:pk>/order/", place.order, name="order"),
    path("units/<int:pk>/closing/", closing.closing, name="closing"),
    path("units/<int:pk>/reopening/", closing.reopening, name="reopening"),
    path("units/<int:pk>/sample/", closing.clearing, name="clear_sample"),
]
