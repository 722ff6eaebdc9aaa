"""A server. Everything secret comes from the environment; nothing has a default that would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *
from shared import logs, reporting

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12:
    raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 50 random characters.")
# Keys that were in force before: what they signed and sealed can still be read (docs/runbooks/operator.md).
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
BASE_DOMAIN = env.text("BASE_DOMAIN")
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
if EMBEDDED:
    raise ImproperlyConfigured(
        "DATABASE_URL is not set: production needs a real server, the embedded one is for laptops."
    )

# One pool a process, a few connections more than threads. Which of them are alive shows at BEGIN.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": env.integer("DATABASE_POOL", 6, least=1),
    "timeout": 10,
}

REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", True)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 1)
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SMTP_HOST")
EMAIL_PORT = env.integer("SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_STARTTLS", True)
EMAIL_TIMEOUT = 15
MAILBOX = None
STYLEGUIDE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = logs.configure(json=True, level=env.text("LOG_LEVEL", "INFO"))
# Off without a DSN; scrubbed with one.
reporting.start(env.text("SENTRY_DSN", ""), environment="production", release=env.text("RELEASE", "unknown"))
