"""The same things once in the own county and once in another one, where nobody of the own may see them."""

import tempfile
from pathlib import Path
from types import SimpleNamespace

from django.db import transaction
from django.utils import timezone

from portal.accounts.services import invitation_link, invite
from portal.files import store
from portal.files.kinds import KINDS, XLSX
from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import Action, ChangeKind, ReturnedItem
from reviews.models import ReturnDue
from reviews.services.annulments import propose_annulment
from reviews.workflow.engine import perform
from studios.choices import EndReason
from studios.models import Appointment, NamingLevel, Studio
from studios.resources.blank import blank_roster
from studios.services import roster_exports as exports
from studios.services.namings import refresh_top_tier
from tests import cast
from tests.factories import cases, money
from tests.factories.accounts import UserFactory
from tests.factories.changes import RecheckFactory, asked
from tests.factories.ledger import ActivityFactory
from tests.factories.reviews import AccessRequestFactory
from tests.factories.rosters import RosterExportFactory, RosterImportFactory, RosterRowFactory
from tests.factories.schemes import (
    AssessmentSchemeFactory,
    AssessmentYearFactory,
    SchemeItemFactory,
    published_scheme,
)
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    NamingFactory,
    StudioFactory,
    UnitFactory,
)
from tests.factories.years import AssessmentFactory
from tests.files import makers
from tests.reviews import journey

QUESTION = {
    "key": "level:市级",
    "column": "level",
    "found": "市级",
    "code": "date.two_digit_year",
    "values": {"found": "市级"},
    "choices": [["city", "盟市级"], ["county", "旗县级"]],
    "rows": [["名册", 4]],
}


def build(city, people):
    """``own`` and ``other`` with the same attributes, and ``people``."""
    own = build_side(
        city.unit,
        city.county,
        SimpleNamespace(
            unit_clerk=people.unit_clerk,
            unit_chair=people.unit_chair,
            county_reviewer=people.county_reviewer,
            roster_admin=people.roster_admin,
        ),
        leader="周成岩",
        contact="韩守田",
        mark="甲",
    )
    other = build_side(
        city.other_unit,
        city.other_county,
        SimpleNamespace(
            unit_clerk=people.other_unit_clerk,
            unit_chair=people.other_unit_chair,
            county_reviewer=people.other_county_reviewer,
            roster_admin=people.roster_admin,
        ),
        leader="敖日其楞",
        contact="特木其勒",
        mark="乙",
    )
    add_schemes(own, city.city, year=2031)
    add_schemes(other, city.other_county, year=2032)
    return SimpleNamespace(own=own, other=other, people=people)


def build_side(unit, county, crew, *, leader, contact, mark):
    """A unit with a named studio whose application is under review, a studio being filled in, and so on."""
    studio = cast.studio_ready_for(
        "county",
        unit,
        by=crew.unit_clerk,
        short_name=f"{leader}劳模创新工作室",
        official_name=f"{unit.name}{leader}劳模创新工作室",
        leader_name=leader,
        contact_name=contact,
    )
    side = SimpleNamespace(unit=unit, county=county, studio=studio)
    side.file = a_real_file(studio, by=crew.unit_clerk, name=f"{mark}方场地.jpg")
    side.application = twice_submitted(studio, crew)
    side.draft = journey.opened(studio, "city", crew)
    side.young = StudioFactory(union=unit.union, short_name=f"{mark}方新建创新工作室")
    side.achievement = AchievementFactory(studio=side.young, title=f"{mark}方烘干机改造")
    side.activity = ActivityFactory(studio=side.young, title=f"{mark}方焊工岗位练兵")
    side.loose_file = EvidenceFactory(studio=side.young, slot="other", name=f"{mark}方散页.jpg")
    side.access = AccessRequestFactory(union=county, unit_name=f"通辽{mark}方食品有限公司")
    side.appointment = Appointment.objects.get(user=crew.unit_clerk)
    money.add_to_side(side, crew)
    side.public = public_studio(county, name=f"{mark}方公开的创新工作室")
    side.link = invitation_link(invite(UserFactory(name="待加入的人"), actor=crew.unit_chair))
    run_pending()
    add_rosters(side, by=crew.roster_admin, mark=mark)
    side.message = Message.objects.filter(recipient=crew.unit_clerk).latest("pk")
    side.change = asked(studio, ChangeKind.END, crew.unit_clerk)
    side.recheck = RecheckFactory(change=side.change)
    add_case(side, crew, mark)
    # its titled studios stay off the public pages, where their names would be no secret
    Studio.objects.filter(union=unit.union, top_tier__gt=1).update(top_tier=1)
    side.names = [leader, contact, *names_of(side, crew)]
    return side


def add_schemes(side, union, *, year):
    """A published scheme, a draft without faults and a year that is set, at a union above the side."""
    side.scheme = published_scheme(union)
    side.scheme_draft = AssessmentSchemeFactory(union=union, items=())
    side.scheme_item = SchemeItemFactory(scheme=side.scheme_draft)
    side.year = AssessmentYearFactory(union=union, scheme=side.scheme, year=year)
    side.assessment = AssessmentFactory(campaign=side.year, studio=side.studio)


def public_studio(county, *, name):
    """A studio of a further unit with a county title, which anybody may look at."""
    studio = StudioFactory(union=UnitFactory(parent=county).union, short_name=name)
    base = NamingFactory(studio=studio)
    level = NamingLevel.objects.get(code="county")
    NamingFactory(studio=studio, level=level, granted_by=county, basis=base)
    refresh_top_tier(studio.pk)
    return studio


def a_real_file(studio, *, by, name):
    """A checked picture of the venue with a file behind it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        path.write_bytes(makers.jpeg())
        stored = store.keep(path, KINDS["jpeg"])
    return EvidenceFactory(
        studio=studio, slot="venue.photo", name=name, sha256=stored.sha256, stored=stored.name, uploaded_by=by
    )


def names_of(side, crew):
    """What the pages of a side call its things and its people."""
    return [
        side.unit.name,
        side.studio.short_name,
        side.application.number,
        side.draft.number,
        side.young.short_name,
        side.achievement.title,
        side.activity.title,
        side.file.name,
        side.access.unit_name,
        side.roster.name,
        side.applied_roster.name,
        crew.unit_clerk.name,
        crew.unit_chair.name,
        crew.county_reviewer.name,
    ]


def add_rosters(side, *, by, mark):
    """An import to be decided on and one that went in, an export that is ready and one that is being made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(blank_roster())
        stored = store.keep(path, XLSX)
    own = {"union": side.county, "created_by": by}
    side.roster = RosterImportFactory(
        **own,
        name=f"{mark}方名册.xlsx",
        stored=stored.name,
        sha256=stored.sha256,
        counts={"new": 1, "question": 1},
        columns=[{"sheet": "名册", "cell": "C1", "label": "工作室名称", "column": "studio_name"}],
        questions=[QUESTION],
    )
    RosterRowFactory(roster=side.roster, sheet="名册", row=3)
    RosterRowFactory(roster=side.roster, sheet="名册", row=4, verdict="question")
    side.applied_roster = RosterImportFactory(
        **own, name=f"{mark}方旧名册.xlsx", state="applied", applied_by=by, applied_at=timezone.now()
    )
    side.export = RosterExportFactory(**own, ready=True, stored=stored.name)
    with transaction.atomic():
        side.waiting_export = exports.ask(side.county, level=None, as_of=timezone.localdate(), actor=by)


def add_case(side, crew, mark):
    """A title whose unit has answered a notice, its plaque to come back, and its decision to be annulled."""
    own = {"short_name": f"{mark}方受核查的创新工作室", "leader_name": f"{mark}方带头人"}
    studio = cases.titled(side.unit, by=crew.county_reviewer, **own)
    side.revocation = cases.answered(studio, crew, cause=EndReason.INACTIVE)
    naming = side.revocation.naming
    side.plaque = ReturnDue.objects.create(
        naming=naming,
        union=naming.union,
        revocation=side.revocation,
        item=ReturnedItem.PLAQUE,
        due_on=timezone.localdate(),
    )
    side.annulment = propose_annulment(naming.document, "清理", actor=crew.county_reviewer)


def twice_submitted(studio, crew):
    """At the county for the second time, after a return."""
    application = journey.returned(studio, "county", crew, section="studio")
    perform(application.pk, Action.SUBMIT, actor=crew.unit_clerk)
    perform(application.pk, Action.CONFIRM, actor=crew.unit_chair)
    return journey.fresh(application)
