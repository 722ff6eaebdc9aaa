from django.apps import AppConfig


class StockConfig(AppConfig):
    """The tenant model of the stock django-tenants arm."""

    name = "benchmarks.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
