"""Browser journeys: a real web server and a real worker over the suite's cluster; mails go by SMTP to loopback."""

from config import env
from config.settings.test import *

# Notes of its own, so that a demo that somebody is using keeps its passwords.
VAR = env.VAR / "journeys"
VAR.mkdir(exist_ok=True)

DATABASES["default"]["NAME"] = "tongxin_journeys"
PUBLIC_PORT = env.text("PORT")
HOST_CACHE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.integer("SMTP_PORT", 0)
MAILBOX = None
