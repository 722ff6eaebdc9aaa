"""What happens to accounts is on the workspace's record."""

from tenants import context
from tests.support.cast import PASSWORD, Cast, Client
from workspace.audit.models import Entry


def test_sign_in_failure_lock_and_sign_out_are_recorded(cast: Cast) -> None:
    client = Client("jia", REMOTE_ADDR="192.0.2.9")
    for _ in range(5):
        client.post("/sign-in/", {"username": "member", "password": "guess"})
    Client("yan").post("/sign-in/", {"username": "member", "password": PASSWORD})
    inside = Client("jia")
    inside.post("/sign-in/", {"username": "secretary", "password": PASSWORD})
    inside.post("/sign-out/")
    with context.inside(cast.jia):
        verbs = list(Entry.objects.filter(verb__startswith="account.").order_by("pk").values_list("verb", flat=True))
        assert Entry.objects.filter(verb="account.locked").get().details["address"] == "192.0.2.9"
    assert verbs == ["account.sign_in_failed"] * 5 + ["account.locked", "account.signed_in", "account.signed_out"]
    with context.inside(cast.yan):
        assert list(Entry.objects.filter(verb__startswith="account.").values_list("verb", flat=True)) == [
            "account.signed_in"
        ]
