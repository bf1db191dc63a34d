"""Rows of a form set can be added and removed by plain submit buttons."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from portal.ui.forms import Styled
from portal.ui.formsets import Rows


class Row(Styled, forms.Form):
    title = forms.CharField(label="Title")


class Titles(Rows, forms.BaseFormSet):
    pass


TitleSet = forms.formset_factory(Row, formset=Titles, extra=1, can_delete=True)


def posted(rows, **more):
    data = QueryDict(mutable=True)
    data.update({"t-TOTAL_FORMS": str(len(rows)), "t-INITIAL_FORMS": "0"})
    for number, title in enumerate(rows):
        data[f"t-{number}-title"] = title
        data[f"t-{number}-row_key"] = f"key-{number}"
    data.update(more)
    return TitleSet(data, prefix="t")


def draw(formset):
    return Template('{% load ui %}{% form_rows formset "Title" "Add" %}').render(
        Context({"formset": formset})
    )


def test_the_add_button_gives_one_more_row_and_keeps_what_was_typed():
    formset = posted(["one", ""], **{"add-t": "1"})
    assert formset.edited and not formset.is_valid()
    assert [form["title"].value() for form in formset.live_forms] == ["one", "", None]


def test_asking_for_a_row_is_not_complained_about():
    assert 'class="error"' not in draw(posted([""], **{"add-t": "1"}))


def test_the_remove_button_takes_its_row_out_and_sends_the_mark_again():
    formset = posted(["one", "two"], **{"remove-t-0": "1"})
    assert [form["title"].value() for form in formset.live_forms] == ["two"]
    assert re.search(r'name="t-0-DELETE" checked', draw(formset))


def test_a_removed_row_need_not_be_right():
    formset = posted(["", "two"], **{"t-0-DELETE": "on"})
    assert formset.is_valid() and not formset.edited
    assert [form.cleaned_data["title"] for form in formset.live_forms] == ["two"]


def test_a_button_of_another_form_set_does_nothing_here():
    assert not posted(["one"], **{"add-other": "1", "remove-other-0": "1", "remove-t-x": "1"}).edited


@pytest.mark.parametrize("number", ["99", "9999"])
def test_removing_a_row_that_is_not_there_is_harmless(number):
    formset = posted(["one"], **{f"remove-t-{number}": "1"})
    assert len(formset.live_forms) == 1


def test_an_untouched_empty_row_is_no_error():
    formset = posted([""])
    assert formset.is_valid()


def test_the_key_of_a_row_comes_back():
    formset = posted(["one"])
    assert formset.is_valid() and formset.forms[0].cleaned_data["row_key"] == "key-0"
    assert 'data-row-key="key-0"' in draw(formset)


def test_new_rows_have_keys_of_their_own():
    first, second = TitleSet(prefix="t").forms[0], TitleSet(prefix="t").forms[0]
    assert first["row_key"].value() != second["row_key"].value()


def test_a_saved_row_is_known_by_its_number():
    formset = TitleSet(prefix="t", initial=[{"id": 7, "title": "one"}])
    assert formset.forms[0]["row_key"].value() == "id-7"


def test_the_enter_key_saves_and_does_not_remove():
    html = draw(TitleSet(prefix="t"))
    first_button = re.search(r"<button[^>]*>", html)[0]
    assert "hidden" in first_button and "name=" not in first_button


def test_the_template_row_waits_outside_the_form():
    html = draw(TitleSet(prefix="t"))
    assert html.count("t-__prefix__-title") > 0
    assert html.index("<template") < html.index("t-__prefix__-title")
