"""What this app lets people do."""

from django.utils.translation import gettext_lazy as _

from shared.permissions import OFFICERS, Permission, declare

declare("voice", _("提问与建议"), Permission("voice.answer", _("答复提问与建议"), OFFICERS))
