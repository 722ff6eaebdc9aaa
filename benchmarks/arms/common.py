"""What every arm of the request measurement shares; an arm adds its database engine and its tenancy."""

from benchmarks.cluster import CLUSTER

SECRET_KEY = "only-for-measuring"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["*"]
BASE_DOMAIN = "localhost"
PUBLIC_PORT = ""
PUBLIC_SCHEME = "http"
CONSOLE_LABEL = "console"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
INSTALLED_APPS = ["benchmarks.notes"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = URLCONF_PUBLIC = URLCONF_CONSOLE = URLCONF_WORKSPACE = "benchmarks.notes.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, object]] = []
HOST = "arm.localhost"


def database(engine: str, name: str, **more: object) -> dict[str, dict[str, object]]:
    """One persistent connection, as a threaded server keeps it; no health check in any arm."""
    values = {"ENGINE": engine, **CLUSTER.connection, "NAME": name, "CONN_MAX_AGE": None}
    return {"default": {**values, **more}}
