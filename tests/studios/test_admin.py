"""The data administration is no second door: who comes in, what they see, what they can change."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from portal.audit.models import Entry
from studios.models import Achievement, Industry, NamingLevel, Studio, Union
from tests.factories.accounts import UserFactory

KEPT = {"ownershipkind", "industry", "honourkind", "achievementkind"}
CHANGED = KEPT | {"naminglevel", "union"}
OURS = [
    site_admin
    for model, site_admin in admin.site._registry.items()
    if model._meta.app_label in {"accounts", "studios", "reviews"}
]


def page(name, what, *args):
    return reverse(f"admin:{name}_{what}", args=args)


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.mark.parametrize("site_admin", OURS, ids=lambda site_admin: site_admin.model.__name__)
def test_a_system_admin_changes_reference_data_and_nothing_else(people, site_admin):
    request = asked_by(people.system_admin)
    name = site_admin.model._meta.model_name
    assert site_admin.has_view_permission(request)
    assert site_admin.has_add_permission(request) == (name in KEPT)
    assert site_admin.has_change_permission(request) == (name in CHANGED)
    assert not site_admin.has_delete_permission(request)


@pytest.mark.parametrize("site_admin", OURS, ids=lambda site_admin: site_admin.model.__name__)
def test_a_superuser_looks_and_changes_nothing(people, site_admin):
    request = asked_by(people.superuser)
    assert site_admin.has_view_permission(request)
    assert not site_admin.has_add_permission(request)
    assert not site_admin.has_change_permission(request)
    assert not site_admin.has_delete_permission(request)


@pytest.mark.parametrize("site_admin", OURS, ids=lambda site_admin: site_admin.model.__name__)
def test_staff_who_are_no_system_admins_see_nothing(people, site_admin):
    people.city_approver.is_staff = True
    for user in (people.city_approver, UserFactory(is_staff=True)):
        request = asked_by(user)
        assert not site_admin.has_module_permission(request)
        assert not site_admin.has_view_permission(request)


def test_a_system_admin_who_is_no_longer_staff_is_sent_away(client, people):
    people.system_admin.is_staff = False
    people.system_admin.save()
    client.force_login(people.system_admin)
    assert client.get(page("studios_industry", "changelist")).status_code == 302


@pytest.mark.parametrize("site_admin", OURS, ids=lambda site_admin: site_admin.model.__name__)
def test_every_list_opens(client, people, ready_studio, site_admin):
    client.force_login(people.superuser)
    meta = site_admin.model._meta
    assert client.get(page(f"{meta.app_label}_{meta.model_name}", "changelist")).status_code == 200


def test_a_system_admin_finds_no_studios_and_a_superuser_all(client, people, ready_studio):
    for user, found in ((people.system_admin, []), (people.superuser, [ready_studio])):
        client.force_login(user)
        listed = client.get(page("studios_studio", "changelist")).context["cl"].queryset
        assert list(listed) == found
    assert Studio.objects.count() == 1


def test_a_guessed_address_of_a_studio_opens_nothing(client, people, ready_studio):
    client.force_login(people.system_admin)
    answer = client.get(page("studios_studio", "change", ready_studio.pk))
    assert answer.status_code == 302 and answer.url == reverse("admin:index")


def test_an_export_holds_the_visible_rows_only(client, people, city):
    client.force_login(people.system_admin)
    answer = client.post(
        page("studios_union", "export"),
        {"format": "0", "resource": "", "unionresource_code": "on", "unionresource_name": "on"},
    )
    lines = answer.content.decode().split()
    assert len(lines) == 1 + Union.objects.visible_to(people.system_admin).count()


def test_changing_a_word_is_put_on_record(client, people):
    client.force_login(people.system_admin)
    industry = Industry.objects.get(code="C")
    client.post(
        page("studios_industry", "change", industry.pk),
        {"name": "制造业（修订）", "name_en": industry.name_en, "order": industry.order},
    )
    industry.refresh_from_db()
    assert industry.name == "制造业（修订）"
    entry = Entry.objects.get(verb="reference.save")
    assert entry.actor == people.system_admin and entry.detail == {"changed": ["name"]}


def test_a_code_that_is_in_use_cannot_be_changed(client, people):
    client.force_login(people.system_admin)
    industry = Industry.objects.get(code="C")
    client.post(
        page("studios_industry", "change", industry.pk),
        {"code": "Z", "name": industry.name, "name_en": industry.name_en, "order": industry.order},
    )
    industry.refresh_from_db()
    assert industry.code == "C"


def import_industries(client, text):
    """Both steps of an import: look at what would change, then confirm."""
    upload = SimpleUploadedFile("rows.csv", text.encode(), content_type="text/csv")
    shown = client.post(
        page("studios_industry", "import"), {"format": "0", "import_file": upload, "resource": ""}
    )
    confirm = shown.context.get("confirm_form")
    if confirm is None:
        return shown
    return client.post(reverse("admin:studios_industry_process_import"), confirm.initial)


def test_an_import_finds_rows_again_by_their_code(client, people):
    client.force_login(people.system_admin)
    before = Industry.objects.count()
    import_industries(client, "code,name,name_en,order\nC,制造,Making,3\nX,新业态,New forms,30\n")
    assert Industry.objects.count() == before + 1
    assert Industry.objects.get(code="C").name == "制造"
    assert Entry.objects.filter(verb="reference.save", actor=people.system_admin).count() == 2


def test_one_wrong_row_keeps_the_whole_file_out(client, people):
    client.force_login(people.system_admin)
    before = Industry.objects.count()
    import_industries(client, "code,name,name_en,order\nX,新业态,New forms,30\nY,又一业态,Another,many\n")
    assert Industry.objects.count() == before


def test_the_ladder_and_the_unions_take_no_import(client, people):
    client.force_login(people.system_admin)
    assert not hasattr(admin.site._registry[NamingLevel], "import_action")
    assert not hasattr(admin.site._registry[Union], "import_action")
    assert Achievement not in admin.site._registry
