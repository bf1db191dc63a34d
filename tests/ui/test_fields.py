"""Fields are tied to their labels, hints and errors; partial dates and numbers keep what was typed."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from portal.ui.forms import PartialDateField, PartialDateWidget, Styled


class Sample(Styled, forms.Form):
    wide = ("name",)
    name = forms.CharField(label="Name", max_length=5, help_text="As on the plaque")
    amount = forms.DecimalField(label="Amount", required=False)
    kind = forms.ChoiceField(choices=[("a", "Alpha"), ("b", "Beta")], widget=forms.RadioSelect)
    kind.choice_hints = {"a": "the first"}
    since = PartialDateField(label="Since", day=True, required=False)
    agree = forms.BooleanField(label="Agreed")
    text = forms.CharField(widget=forms.Textarea, max_length=100, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source, **context):
    with translation.override("en"):
        return Template("{% load ui %}" + source).render(Context(context))


def test_a_plain_field_has_label_hint_and_no_error():
    html = draw("{% field form.name %}", form=Sample())
    assert '<label class="label" for="id_name">' in html
    assert re.search(r'<input[^>]*aria-describedby="id_name_helptext"', html)
    assert 'id="id_name_helptext"' in html and "wide" in html and "(required)" in html
    assert "aria-invalid" not in html and 'class="input"' in html


def test_a_wrong_field_is_marked_and_described_by_its_error():
    html = draw("{% field form.name %}", form=Sample({"name": "too long a name"}))
    assert re.search(r'<input[^>]*aria-describedby="id_name_error id_name_helptext"', html)
    assert 'aria-invalid="true"' in html and 'id="id_name_error"' in html
    assert 'value="too long a name"' in html


def test_choices_are_one_group_with_a_legend():
    html = draw('{% field form.kind layout="cards" %}', form=Sample({}))
    assert html.count("<legend") == 1 and html.count('type="radio"') == 2
    assert "the first" in html and 'aria-describedby="id_kind_error "' in html


def test_a_check_box_stands_before_its_words():
    html = draw("{% field form.agree %}", form=Sample())
    assert html.index("<input") < html.index("Agreed") and '<label class="check">' in html


def test_a_hidden_field_is_only_its_input():
    assert draw("{% field form.secret %}", form=Sample()).startswith('<input type="hidden"')


def test_a_long_text_has_a_counter():
    html = draw("{% field form.text %}", form=Sample())
    assert 'data-count="id_text_count"' in html and 'id="id_text_count"' in html


def test_a_word_where_a_number_belongs_is_kept():
    html = draw("{% field form.amount %}", form=Sample({"amount": "about 500"}))
    assert 'type="text"' in html and 'inputmode="decimal"' in html and 'value="about 500"' in html


def test_the_summary_links_each_error_to_its_control():
    form = Sample({"since_year": "19x"})
    html = draw("{% error_summary form %}", form=form)
    for target in ("#id_name", "#id_kind_0", "#id_since_0", "#id_agree"):
        assert f'href="{target}"' in html
    assert "4 places on this page" in html and 'role="alert"' in html and 'tabindex="-1"' in html


def test_the_summary_is_not_there_for_a_right_form():
    form = Sample({"name": "a", "kind": "a", "agree": "on"})
    assert draw("{% error_summary form %}", form=form).strip() == ""


@pytest.mark.parametrize("value", ["", "2019", "2019-06", "2019-06-01"])
def test_a_partial_date_survives_the_round_trip(value):
    widget = PartialDateWidget(day=True)
    year, month, day = widget.decompress(value)
    data = {"d_year": year, "d_month": month, "d_day": day}
    assert widget.value_from_datadict(data, {}, "d") == value
    assert PartialDateField(day=True, required=False).clean(value) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [("19", "year"), ("２０１９", "year"), ("-06", "year"), ("2019--01", "gap"), ("2019-02-30", "unreal")],
)
def test_a_date_that_cannot_be_is_refused_and_kept(value, code):
    field = PartialDateField(day=True)
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    assert refused.value.code == code
    year, month, day = field.widget.decompress(value)
    assert "-".join([year, month, day]).rstrip("-") == value


@pytest.mark.parametrize(
    ("least", "value", "fine"),
    [("month", "2019", False), ("month", "2019-06", True), ("day", "2019-06", False)],
)
def test_a_date_must_be_as_exact_as_the_form_needs(least, value, fine):
    field = PartialDateField(day=True, least=least)
    if fine:
        assert field.clean(value) == value
    else:
        with pytest.raises(forms.ValidationError):
            field.clean(value)


def test_only_the_year_is_required_by_the_browser():
    html = draw(
        "{% field form.d %}", form=type("F", (Styled, forms.Form), {"d": PartialDateField(day=True)})()
    )
    assert len(re.findall(r"<(?:input|select)[^>]* required", html)) == 1
    assert html.count("<select") == 2 and html.count("aria-label=") == 3
