"""What people type, and how inputs are tied to their words."""

from datetime import date

import html5lib
import pytest
from django import forms
from django.template import Context, Template

from shared.dates import parse_date
from shared.forms import CodeField, DateField
from shared.widgets import PersonPicker


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "2026/11/3", "2026.11.03", "2026年11月3日", "20261103", " ２０２６年１１月３日 ", "2026年11月3"],
)
def test_a_date_is_read_in_every_form_an_office_uses(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 3)


@pytest.mark.parametrize("text", ["", "2026-13-01", "2026-02-30", "2026.11", "昨天", "26-11-03", "202611033"])
def test_what_is_not_a_full_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_field_says_how_to_write_one() -> None:
    with pytest.raises(forms.ValidationError, match="2026-11-23"):
        DateField().clean("三月初")


def test_a_code_forgives_spaces_and_refuses_letters() -> None:
    assert CodeField().clean(" 482 913 ") == "482913"
    for wrong in ("12345", "1234567", "12a456", "１２３４５６"):
        with pytest.raises(forms.ValidationError):
            CodeField().clean(wrong)


class Ask(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致")
    way = forms.ChoiceField(label="方式", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="确认")


def drawn(form: forms.Form):
    text = Template("{% load ui %}{% form form %}").render(Context({"form": form}))
    return html5lib.parse(text, namespaceHTMLElements=False)


def test_help_and_error_are_tied_to_their_input() -> None:
    page = drawn(Ask({}))
    field = page.find(".//input[@id='id_name']")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "id_name_help id_name_error"
    for name in field.get("aria-describedby").split():
        assert page.find(f".//*[@id='{name}']") is not None


def test_the_error_summary_links_to_something_that_exists() -> None:
    page = drawn(Ask({}))
    links = [a.get("href")[1:] for a in page.findall(".//div[@class='error-summary']//a")]
    assert len(links) == 3
    for name in links:
        assert page.find(f".//*[@id='{name}']") is not None, name


def test_every_input_has_a_label() -> None:
    page = drawn(Ask())
    labelled = {label.get("for") for label in page.findall(".//label")}
    shown = [i.get("id") for i in page.findall(".//input") if i.get("type") != "hidden"]
    assert set(shown) <= labelled


def test_a_picker_writes_the_chosen_and_the_first_few() -> None:
    field = forms.ChoiceField(choices=[(n, str(n)) for n in range(1000)], widget=PersonPicker(url="/people", shown=20))
    html = field.widget.render("who", "900")
    assert html.count("<option") == 22
    assert '<option value="900" selected>' in html


def test_a_picker_without_a_search_address_leaves_nothing_out() -> None:
    field = forms.ChoiceField(choices=[(n, str(n)) for n in range(500)], widget=PersonPicker(shown=20))
    assert field.widget.render("who", "").count("<option") == 500
