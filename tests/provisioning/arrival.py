"""A visitor who signs up, screen by screen."""

import re

from django.core import mail

from tests.support.cast import Client

# A well-formed code that belongs to nobody.
CREDIT_CODE = "91420100MA00000012"
ANSWERS = {
    "name": {"name": "江城市实验中学"},
    "kind": {"kind": "community"},
    "credit-code": {"credit_code": "", "no_code": "pending"},
    "place": {"region": "420000", "stated_members": "86"},
    "contact": {"contact_name": "周敏", "email": "zhou@school.example", "phone": "13812341234"},
}


def post(client: Client, step: str, **values: str):
    """Answer one screen."""
    return client.post(f"/sign-up/{step}/", values)


def answer_until(client: Client, last: str, **changed: dict[str, str]) -> None:
    """Answer every screen up to and with `last`, each of which must be accepted."""
    for step in ("name", "kind", "credit-code", "place", "contact"):
        response = post(client, step, **{**ANSWERS[step], **changed.get(step, {})})
        assert response.status_code == 302, (step, response.content.decode()[:3000])
        if step == last:
            return
    assert post(client, "code", code=last_code()).status_code == 302
    if last == "code":
        return
    slug = changed.get("address", {}).get("slug", "shiyan-school")
    assert post(client, "address", slug=slug).status_code == 302
    if last == "address":
        return
    assert post(client, "notice", agreed="on", version=agreed_version()).status_code == 302


def agreed_version() -> str:
    from provisioning import notices

    return notices.AGREED_VERSION


def last_code() -> str:
    """The six digits of the newest mail."""
    found = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)
    assert found
    return found[1]


def error_of(response) -> str:
    """Every message of the form on a page that was shown again."""
    assert response.status_code == 200
    form = response.context["form"]
    return " ".join(str(text) for texts in form.errors.values() for text in texts)
