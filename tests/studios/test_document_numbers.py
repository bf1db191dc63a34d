"""Numbers of decision documents beside those that older rosters brought in."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from studios.models import OfficialDocument
from studios.services.namings import issue_document, next_number

pytestmark = pytest.mark.django_db


def taken_over(union, number, *, prefix=None, year=None):
    """A document of an older roster."""
    today = timezone.localdate()
    return OfficialDocument.objects.create(
        union=union,
        prefix=prefix or union.document_prefix,
        year=year or today.year,
        number=number,
        title="旧文件",
        issued_on=date(today.year, 1, 1),
        source="imported",
    )


def issued(union, people):
    return issue_document(union, on=timezone.localdate(), title="命名", actor=people.county_approver).number


def test_numbers_that_a_roster_brought_in_are_not_given_again(city, people):
    for number in (1, 2, 4):
        taken_over(city.county, number)
    assert next_number(city.county, timezone.localdate().year) == 3
    assert [issued(city.county, people) for _n in range(3)] == [3, 5, 6]


def test_a_roster_may_bring_a_number_in_between_two(city, people):
    assert issued(city.county, people) == 1
    taken_over(city.county, 2)
    assert issued(city.county, people) == 3


def test_another_series_year_or_union_takes_nothing(city, people):
    taken_over(city.county, 1, prefix="别发")
    taken_over(city.county, 1, year=2001)
    taken_over(city.other_county, 1)
    assert issued(city.county, people) == 1


def test_the_database_itself_skips_only_what_is_taken(city, people):
    taken_over(city.county, 1)
    document = {
        "union": city.county,
        "prefix": city.county.document_prefix,
        "year": 2026,
        "title": "x",
        "issued_on": date(2026, 1, 1),
    }
    if timezone.localdate().year != 2026:
        taken_over(city.county, 1, year=2026)
    for wrong in (3, 4):
        with pytest.raises(IntegrityError, match="next number"), transaction.atomic():
            OfficialDocument.objects.create(number=wrong, **document)
    OfficialDocument.objects.create(number=2, **document)
