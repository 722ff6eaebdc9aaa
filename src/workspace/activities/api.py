from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """This app's resources under `/api/v1/`."""
