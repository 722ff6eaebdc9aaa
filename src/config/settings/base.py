"""What holds in every environment. `dev`, `test` and `production` say what differs."""

from pathlib import Path
from typing import Any

from config import env
from config.embedded import Cluster
from shared import logs

ROOT = env.ROOT
VAR = env.VAR
VAR.mkdir(exist_ok=True)

# Who runs this installation: an e-mail address, shown at the foot of the public site.
OPERATOR_CONTACT = env.text("OPERATOR_CONTACT", "")

# ── Where we answer ─────────────────────────────────────────────────────────────────────────────
# <base> is the public site, console.<base> the operators' console, <slug>.<base> a workspace.
BASE_DOMAIN = env.text("BASE_DOMAIN", "localhost")
PUBLIC_PORT = env.text("PUBLIC_PORT", "")
PUBLIC_SCHEME = env.text("PUBLIC_SCHEME", "https")
CONSOLE_LABEL = "console"
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "config.urls_public"
URLCONF_PUBLIC = "config.urls_public"
URLCONF_CONSOLE = "config.urls_console"
URLCONF_WORKSPACE = "config.urls_workspace"
WSGI_APPLICATION = "config.wsgi.application"

# ── Applications: `SHARED_APPS` have tables in the control schema, `TENANT_APPS` in every workspace ───
ACCOUNT_APPS = ["workspace.accounts"]
SHARED_APPS = ["tenants", "provisioning", "console", *ACCOUNT_APPS]
TENANT_APPS = [
    *ACCOUNT_APPS,
    "workspace.audit",
    "workspace.inbox",
    "workspace.organization",
    "workspace.access",
    "workspace.members",
    "workspace.development",
    "workspace.transfers",
    "workspace.elections",
    "workspace.appraisal",
    "workspace.activities",
    "workspace.dues",
    "workspace.learning",
    "workspace.voice",
    "workspace.indicators",
    "workspace.statistics",
    "workspace.quality",
    "workspace.regulations",
    "workspace.home",
    "workspace.archives",
    "workspace.oversight",
    "workspace.portability",
]
# No tables anywhere: the content types and permissions of django.contrib would cost every workspace four tables.
TABLELESS_APPS = [
    "config",
    "shared",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
]
INSTALLED_APPS = [*dict.fromkeys([*TABLELESS_APPS, *SHARED_APPS, *TENANT_APPS])]
TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["tenants.routing.TenantRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "shared.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shared.middleware.HeadersMiddleware",
    "shared.middleware.NoNulMiddleware",
    "tenants.middleware.HostMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workspace.accounts.middleware.SessionsMiddleware",
    "workspace.access.middleware.MayMiddleware",
    "shared.middleware.RefusalMiddleware",
    "shared.read_only.ReadOnlyMiddleware",
]

# Open in a read-only workspace: people come in, look after their own account, read what they were told, and take their
# data away.
READ_ONLY_OPEN = (
    *("/sign-in/", "/sign-out/", "/reset/", "/activate/", "/me/", "/i18n/", "/display/", "/inbox/"),
    *(
        "/members/export/",
        "/members/me/export/",
        "/members/me/file/",
        "/api/v1/member-exports/",
        "/api/v1/members/own-file/",
        "/access/consents/",
        "/api/v1/consents/",
    ),
    *("/archives/", "/api/v1/archives/", "/api/v1/closing/"),
)

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "shared.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# ── Database: a server by DATABASE_URL, else the embedded one ─────────────────────────────────────────
CLUSTER = Cluster(VAR / "postgres")
_server = env.database("DATABASE_URL")
EMBEDDED = _server is None
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "tenants.postgresql",
        "CONN_HEALTH_CHECKS": True,
        **(_server or {**CLUSTER.connection, "OPTIONS": {}}),
    }
}
# In a workspace the path is its own schema and this one; the control schema is never on it.
EXTENSIONS_SCHEMA = "extensions"
STATEMENT_TIMEOUT_MS = env.integer("STATEMENT_TIMEOUT_MS", 15_000, least=100)
# Remember which host leads to which workspace for as long as the database is heard (LISTEN). It needs a direct
# connection: where DATABASE_URL leads to PgBouncer in transaction mode, DATABASE_LISTEN_URL goes past it.
HOST_CACHE = env.flag("HOST_CACHE", True)
LISTEN_DATABASE = env.database("DATABASE_LISTEN_URL")
# Schemas that one connection may see before it is closed: what bounds the memory of a backend.
BACKEND_SCHEMAS = env.integer("BACKEND_SCHEMAS", 120)
# Only with Citus: its coordinator opens connections to the workers as the role in force. Never with a password.
TENANT_ROLES_LOGIN = env.flag("TENANT_ROLES_LOGIN", False)
# How many empty workspaces stand ready, so that a sign-up takes one instead of waiting for tables.
WARM_POOL = env.integer("WARM_POOL", 20)
# A workspace that is being closed can be read and kept for so long; its sealed archive is kept for so long after that.
CLOSING_GRACE_DAYS = env.integer("CLOSING_GRACE_DAYS", 30, least=1)
CLOSED_ARCHIVE_DAYS = env.integer("CLOSED_ARCHIVE_DAYS", 30)

# ── Queue ────────────────────────────────────────────────────────────────────────────────────────
# Jobs of one workspace that may wait or lie failed; more are refused. `migrate` writes it into the database.
MAX_WAITING_JOBS = env.integer("MAX_WAITING_JOBS", 20_000, least=1)
# A worker says this often that it lives; after three times as long in silence its jobs are handed on.
WORKER_HEARTBEAT_S: float = env.integer("WORKER_HEARTBEAT_S", 10, least=1)

# ── Releases reaching the workspaces (docs/subsystems/fleet.md) ─────────────────────────────────────────
FLEET_ERROR_BUDGET = env.integer("FLEET_ERROR_BUDGET", 2)  # percent of a ring that may fail
FLEET_LOCK_TIMEOUT_MS = env.integer("FLEET_LOCK_TIMEOUT_MS", 2_000, least=1)
FLEET_STATEMENT_TIMEOUT_MS = env.integer("FLEET_STATEMENT_TIMEOUT_MS", 60_000, least=1)
FLEET_ATTEMPTS = env.integer("FLEET_ATTEMPTS", 5, least=1)  # at one workspace, where a lock was held
FLEET_BACKOFF_S = 2.0  # before the second attempt; doubles
FLEET_RECONNECT_S = env.integer("FLEET_RECONNECT_S", 30)

# ── People, sessions, language ───────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["workspace.accounts.backends.NameEmailOrPhone"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# `mlps3`: what level 3 of GB/T 22239 is usually read to ask; `nist`: length and a list of common ones (SP 800-63B).
PASSWORD_PROFILE = env.text("PASSWORD_PROFILE", "mlps3")
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "workspace.accounts.passwords.AtLeast", "OPTIONS": {"min_length": 10}},
    {"NAME": "workspace.accounts.passwords.AtMost"},
    {"NAME": "workspace.accounts.passwords.NotCommon"},
    {"NAME": "workspace.accounts.passwords.NotPersonal"},
]
if PASSWORD_PROFILE == "mlps3":
    AUTH_PASSWORD_VALIDATORS += [
        {"NAME": "workspace.accounts.passwords.ThreeOfFour"},
        {"NAME": "workspace.accounts.passwords.NotRecent"},
    ]
PASSWORD_DAYS = 90 if PASSWORD_PROFILE == "mlps3" else None
# Operators and administrators need a second factor; an administrator has some days after the opening to set it up.
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", False)
SECOND_FACTOR_GRACE_DAYS = env.integer("SECOND_FACTOR_GRACE_DAYS", 7)
# How many of our own proxies stand before the application and add to X-Forwarded-For.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
SESSION_ENGINE = "workspace.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "shared.views.errors.csrf_failure"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# ── Mail ─────────────────────────────────────────────────────────────────────────────────────────
# Where mails are kept as files and shown on a page; only on a laptop.
MAILBOX: Path | None = None
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"同心 <no-reply@{BASE_DOMAIN}>")

# ── Files ────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a missing folder; here its files come from the finders
MEDIA_ROOT = VAR / "media"
# Whole-workspace archives, below a folder for each workspace. Never inside a folder that is served: a page asks first.
ARCHIVES_ROOT = VAR / "archives"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ── Headers ──────────────────────────────────────────────────────────────────────────────────────
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY: dict[str, dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# ── API ──────────────────────────────────────────────────────────────────────────────────────────
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "workspace.accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "workspace.accounts.scopes.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "shared.api.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "shared.api.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "同心 Tongxin API",
    "DESCRIPTION": "Units, members, activities and check-ins of one workspace, over the same rules as its pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "CheckInMethodEnum": "workspace.activities.models.CheckIn.Method",
        "PaymentMethodEnum": "workspace.dues.models.Payment.Method",
        "LeavingEnum": "workspace.members.models.Member.Leaving",
        "TopicKindEnum": "workspace.voice.models.Topic.Kind",
        "TransferKindEnum": "workspace.transfers.models.Transfer.Kind",
        "TransferReasonEnum": "workspace.transfers.models.Transfer.Reason",
        "AbsenceKindEnum": "workspace.transfers.models.Absence.Kind",
        "AbsenceReasonEnum": "workspace.transfers.models.Absence.Reason",
        "ElectionKindEnum": "workspace.elections.models.Election.Kind",
        "ElectionStateEnum": "workspace.elections.models.Election.State",
        "ElectionPostEnum": "workspace.elections.api.serializers.STANDS_FOR",
        "SheetFormEnum": "workspace.members.queries.exports.FORMS",
        "FileFormEnum": "workspace.members.actions.taking_files.FORMS",
        "ElectionAboutEnum": "workspace.elections.models.papers.About",
        "AbsenceEndingEnum": "workspace.transfers.models.Absence.Ending",
    },
}

# ── Logs: plain lines here, JSON on a server ─────────────────────────────────────────────────────
LOG_LEVEL = env.text("LOG_LEVEL", "WARNING")
LOGGING = logs.configure(json=False, level=LOG_LEVEL)

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
