"""The suite: its own throw-away cluster, quick hashing, mails kept in memory."""

from config.embedded import Cluster
from config.settings.base import *

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 3
BASE_DOMAIN = "localhost"
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
PUBLIC_SCHEME = "http"
PUBLIC_PORT = ""
if EMBEDDED:
    CLUSTER = Cluster(VAR / "postgres-test", durable=False)
    DATABASES["default"].update(CLUSTER.connection)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
# Argon2 at full cost would be most of the suite's time; the cost is asserted in the settings tests instead.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAILBOX = VAR / "mail-test"
MEDIA_ROOT = VAR / "media-test"
ARCHIVES_ROOT = VAR / "archives-test"
STYLEGUIDE = True
HOST_CACHE = False
WHITENOISE_USE_FINDERS = True
WARM_POOL = 0
