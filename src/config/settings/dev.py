"""`make run`: this machine, plain HTTP on localhost, mails as files, an embedded database."""

from config import env
from config.settings.base import *

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "only-for-this-machine-never-for-a-server-2f6c1f0c7f1b4f0e")
PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.text("PORT", "8000")
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "shared.mail.MailboxBackend"
MAILBOX = VAR / "mail"
STYLEGUIDE = True
WARM_POOL = env.integer("WARM_POOL", 4)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
