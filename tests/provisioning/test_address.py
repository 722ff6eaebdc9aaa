"""Addresses: what is refused, what is suggested, and who gets one that two people want."""

import pytest

from provisioning import opening
from provisioning.models import Signup
from provisioning.suggestions import suggest
from tenants.models import Domain, Tenant
from tests.provisioning.arrival import answer_until, error_of, post
from tests.support.cast import Cast, Client

HOSTILE = [
    ("admin", "保留"),
    ("console", "保留"),
    ("www", "保留"),
    ("tongxin", "保留"),
    ("adm1n", "看起来像"),
    ("c0nsole", "看起来像"),
    ("ad-min", "看起来像"),
    ("adrnin", "看起来像"),
    ("vvww", "看起来像"),
    ("xn--80ak6aa92e", "xn--"),
    ("jіa-school", "小写字母"),  # Cyrillic і
    ("ｊｉａ", "小写字母"),
    ("a", "小写字母"),
    ("ab", "小写字母"),
    ("a" * 33, "小写字母"),
    ("a" * 63, "小写字母"),
    ("1abc", "小写字母"),
    ("-abc", "小写字母"),
    ("abc-", "小写字母"),
    ("a--b", "小写字母"),
    ("a.b", "小写字母"),
    ("a/../b", "小写字母"),
    ("a_b", "小写字母"),
    ('a"b', "小写字母"),
    ("a'; DROP SCHEMA public; --", "小写字母"),
    ("a%00b", "小写字母"),
    ("t_0123456789abcdef", "小写字母"),
    ("jia", "已被使用"),
    ("JIA", "已被使用"),
]


@pytest.fixture
def visitor(cast: Cast) -> Client:
    client = Client()
    answer_until(client, "code")
    return client


@pytest.mark.parametrize(("slug", "why"), HOSTILE)
def test_a_hostile_address_is_refused_with_the_reason(visitor: Client, slug: str, why: str) -> None:
    assert why in error_of(post(visitor, "address", slug=slug))
    assert Signup.objects.get().slug == ""


def test_an_address_too_long_for_dns_is_refused(visitor: Client) -> None:
    assert error_of(post(visitor, "address", slug="a" * 64))


def test_the_address_of_a_purged_workspace_is_never_given_again(visitor: Client, cast: Cast) -> None:
    Tenant.objects.filter(pk=cast.jia.pk).update(state=Tenant.State.PURGED)
    Domain.objects.filter(tenant=cast.jia).delete()
    assert "已被使用" in error_of(post(visitor, "address", slug="jia"))


def test_availability_is_answered_while_typing(visitor: Client) -> None:
    assert "可以使用" in visitor.get("/sign-up/address/availability/?slug=shiyan-school").content.decode()
    taken = visitor.get("/sign-up/address/availability/?slug=jia").content.decode()
    assert "已被使用" in taken
    assert "shiyanzhongxue" in taken


def test_availability_is_not_told_to_strangers(cast: Cast) -> None:
    stranger = Client()
    assert stranger.get("/sign-up/address/availability/?slug=jia").status_code == 403
    answer_until(stranger, "contact")
    assert stranger.get("/sign-up/address/availability/?slug=jia").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "江城市第一人民医院",
        "中国邮政储蓄银行江城分行",
        "湖北省江城市青山区红钢城街道",
        "北大",
        "3M 中国",
        "Ω",
        "——",
    ],
)
def test_every_suggestion_is_well_formed_and_free(name: str, cast: Cast) -> None:
    for slug in suggest(name):
        opening.reserve(name="x 单位", slug=slug, kind="other", admin_name="周", admin_email="a@b.cn", by="tests")


def test_suggestions_step_aside_for_what_is_taken(cast: Cast) -> None:
    first = suggest("江城市实验中学")
    opening.reserve(name="甲", slug=first[0], kind="other", admin_name="周", admin_email="a@b.cn", by="tests")
    second = suggest("江城市实验中学")
    assert first[0] not in second
    assert len(second) == 3


def test_who_comes_second_is_asked_for_another_address_and_keeps_the_rest(visitor: Client) -> None:
    other = Client()
    answer_until(visitor, "code")
    for client, email in ((visitor, "zhou@school.example"), (other, "wu@school.example")):
        answer_until(client, "notice", contact={"email": email})
    assert other.post("/sign-up/confirm/").url == "/sign-up/progress/"
    response = visitor.post("/sign-up/confirm/", follow=True)
    assert response.redirect_chain == [("/sign-up/address/", 302)]
    page = response.content.decode()
    assert "已被使用" in page
    assert "其余内容都已保留" in page
    assert "shiyanzhongxue" in page
    assert post(visitor, "address", slug="shiyanzhongxue").url == "/sign-up/confirm/"
    assert visitor.post("/sign-up/confirm/").url == "/sign-up/progress/"
    assert Tenant.objects.filter(slug__startswith="shiyan").count() == 2
