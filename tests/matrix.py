"""Every address of the portal with the answer that each person gets.

A row is a method, the name of an address (``name:variant`` where one name stands for several things) and
one status for each of ``PEOPLE``. It is asked of the own county's things in ``tests.twins``, outside a
demonstration.
An address takes no method that has no row. Read by ``test_permission_matrix`` and ``test_pages_strict``.
"""

from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from studios.choices import Role, Section
from studios.ledger.entries import KINDS as ENTRY_KINDS
from studios.models import AchievementKind
from studios.resources.blank import blank_roster
from studios.services.ledger import seen_of
from tests import matrix_money, matrix_years
from tests.files import makers

PEOPLE = {  # key in tests.cast -> column
    "nobody": "nob",  # not signed in
    "stranger": "str",  # signed in, without a role
    "other_unit_clerk": "ocl",
    "unit_clerk": "cle",
    "unit_chair": "cha",
    "county_reviewer": "rev",
    "county_approver": "app",
    "other_county_reviewer": "ore",
    "city_reviewer": "cre",
    "city_approver": "cap",
    "roster_admin": "ros",
    "auditor": "aud",
    "system_admin": "adm",
    "superuser": "sup",
}
OWN_COUNTY = ("unit_clerk", "unit_chair", "county_reviewer", "county_approver")
OTHER_COUNTY = ("other_unit_clerk", "other_county_reviewer")

TABLE = """
                               nob str ocl cle cha rev app ore cre cap ros aud adm sup
# public
GET  home                      200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  studio_public_list        200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  studio_public             200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  studio_public:base        404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  access_new                200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST access_new                200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  access_status             200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  login                     200 302 302 302 302 302 302 302 302 302 302 302 302 302
POST login                     200 302 302 302 302 302 302 302 302 302 302 302 302 302
POST logout                    302 302 302 302 302 302 302 302 302 302 302 302 302 302
POST set_language              302 302 302 302 302 302 302 302 302 302 302 302 302 302
GET  invitation_accept         200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST invitation_accept         200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  outbox                    404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  livez                     200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  readyz                    200 200 200 200 200 200 200 200 200 200 200 200 200 200
# one's own
GET  work_home                 302 200 302 302 302 302 302 302 302 302 302 302 302 302
GET  account_edit              302 200 200 200 200 200 200 200 200 200 200 200 200 200
POST account_edit              302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  password_change           302 200 200 200 200 200 200 200 200 200 200 200 200 200
POST password_change           302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  message_list              302 200 200 200 200 200 200 200 200 200 200 200 200 200
POST message_read_all          302 302 302 302 302 302 302 302 302 302 302 302 302 302
POST message_open              302 404 404 302 404 404 404 404 404 404 404 404 404 404
# studios
GET  studio_list               302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  studio_new                302 403 200 200 200 403 403 403 403 403 403 403 403 403
POST studio_new                302 403 302 302 302 403 403 403 403 403 403 403 403 403
GET  studio_detail             302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  studio_section            302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  studio_section:closed     302 404 404 200 200 200 200 404 200 200 200 200 404 200
POST studio_section:funds      302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  studio_standards          302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  achievement_new           302 404 404 302 302 403 403 404 403 403 403 403 404 403
POST achievement_new           302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  achievement_edit          302 404 404 200 200 200 200 404 200 200 200 200 404 200
POST achievement_edit          302 404 404 302 302 403 403 404 403 403 403 403 404 403
POST achievement_remove        302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  leader_change             302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST leader_change             302 404 404 422 422 403 403 404 403 403 403 403 404 403
POST file_upload               302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  file_show                 302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  file_thumb                302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  file_preview              302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  file_status               302 404 404 200 200 200 200 404 200 200 200 200 404 200
POST file_remove               302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  unit_detail               302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  unit_edit                 302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST unit_edit                 302 404 404 422 422 403 403 404 403 403 403 403 404 403
# reviews
GET  queue                     302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  application_list          302 200 200 200 200 200 200 200 200 200 200 200 200 200
POST application_open          302 404 404 302 403 403 403 404 403 403 403 403 404 403
GET  application_detail        302 404 404 200 200 200 200 404 200 200 404 200 404 200
GET  application_detail:draft  302 404 404 200 200 404 404 404 404 404 404 404 404 200
POST application_act           302 404 404 403 403 302 403 404 403 403 404 403 404 403
POST application_judge         302 404 404 403 403 302 403 404 403 403 404 403 404 403
POST application_write         302 404 404 302 403 404 404 404 404 404 404 404 404 403
GET  application_changes       302 404 404 200 200 200 200 404 200 200 404 200 404 200
GET  dossier_show              302 404 404 200 200 200 200 404 200 200 404 200 404 200
GET  access_list               302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  access_detail             302 404 404 404 404 200 200 404 200 200 404 200 404 200
POST access_act                302 404 404 404 404 302 302 404 403 403 404 403 404 403
# changes
GET  change_list               302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  change_choose             302 404 404 200 200 403 403 404 403 403 403 403 404 403
GET  change_new                302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST change_new                302 404 404 422 422 403 403 404 403 403 403 403 404 403
GET  unit_change_choose        302 404 404 200 200 403 403 404 403 403 403 403 404 403
GET  unit_change_new           302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST unit_change_new           302 404 404 422 422 403 403 404 403 403 403 403 404 403
GET  change_detail             302 404 404 200 200 200 200 404 200 200 404 200 404 200
POST change_act                302 404 404 403 403 302 302 404 403 403 404 403 404 403
GET  recheck_list              302 403 403 403 403 200 200 200 200 200 403 200 403 200
POST recheck_settle            302 404 404 403 403 302 403 404 302 403 404 403 404 403
GET  leader_watch              302 403 403 403 403 200 200 200 200 200 403 200 403 200
# cases
GET  titles_ended              200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  case_list                 302 403 200 200 200 200 200 200 200 200 403 200 403 200
GET  case_new                  302 403 403 403 403 200 403 200 200 403 403 403 403 403
POST case_new                  302 403 403 403 403 409 403 404 404 403 403 403 403 403
GET  revocation_detail         302 404 404 200 200 200 200 404 200 200 404 200 404 200
POST revocation_act            302 404 404 403 403 302 403 404 403 403 404 403 404 403
GET  revocation_notice         302 404 404 200 200 200 200 404 200 200 404 200 404 200
GET  return_list               302 403 200 200 200 200 200 200 200 200 403 200 403 200
POST return_record             302 404 404 403 403 302 403 404 403 403 404 403 404 403
GET  annulment_list            302 403 403 403 403 200 200 200 200 200 403 200 403 200
GET  annulment_new             302 403 403 403 403 200 403 200 200 403 403 403 403 403
POST annulment_new             302 403 403 403 403 409 403 404 404 403 403 403 403 403
GET  annulment_detail          302 404 404 404 404 200 200 404 200 200 404 200 404 200
POST annulment_act             302 404 404 404 404 403 302 404 403 403 404 403 404 403
# results
GET  result_list               302 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  result_detail             302 404 404 200 200 200 200 404 200 200 200 200 404 200
POST result_act                302 404 404 403 403 302 403 404 403 403 403 403 404 403
POST result_verify_many        302 403 403 403 403 200 403 404 403 403 403 403 403 403
# ledger
GET  quick                     302 403 200 200 200 403 403 403 403 403 403 403 403 403
GET  ledger                    302 404 404 200 200 200 200 404 200 200 200 200 404 200
GET  ledger_quick              302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST ledger_quick              302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  ledger_entry_new          302 404 404 200 200 403 403 404 403 403 403 403 404 403
POST ledger_entry_new:activity 302 404 404 302 302 403 403 404 403 403 403 403 404 403
GET  ledger_entry              302 404 404 200 200 200 200 404 200 200 200 200 404 200
POST ledger_entry              302 404 404 302 302 403 403 404 403 403 403 403 404 403
POST ledger_entry_remove       302 404 404 302 302 403 403 404 403 403 403 403 404 403
# rosters
GET  roster_list               302 403 403 403 403 403 403 403 403 403 200 200 403 200
GET  roster_import_new         302 403 403 403 403 403 403 403 403 403 200 403 403 403
POST roster_import_new         302 403 403 403 403 403 403 403 403 403 302 403 403 403
GET  roster_template           302 403 403 403 403 403 403 403 403 403 200 403 403 403
GET  roster_export_new         302 403 403 403 403 403 403 403 403 403 200 403 403 403
POST roster_export_new         302 403 403 403 403 403 403 403 403 403 302 403 403 403
GET  roster_import             302 404 404 404 404 404 404 404 404 404 200 200 404 200
GET  roster_import:applied     302 404 404 404 404 404 404 404 404 404 200 200 404 200
GET  roster_import_status      302 404 404 404 404 404 404 404 404 404 200 200 404 200
GET  roster_import_remarks     302 404 404 404 404 404 404 404 404 404 200 200 404 200
POST roster_import_remarks     302 404 404 404 404 404 404 404 404 404 302 302 404 302
GET  roster_import_report      302 404 404 404 404 404 404 404 404 404 200 200 404 200
POST roster_import_answer      302 404 404 404 404 404 404 404 404 404 302 403 404 403
GET  roster_import_confirm     302 404 404 404 404 404 404 404 404 404 200 403 404 403
POST roster_import_confirm     302 404 404 404 404 404 404 404 404 404 302 403 404 403
GET  roster_import_undo        302 404 404 404 404 404 404 404 404 404 200 403 404 403
POST roster_import_undo        302 404 404 404 404 404 404 404 404 404 302 403 404 403
POST roster_import_drop        302 404 404 404 404 404 404 404 404 404 302 403 404 403
GET  roster_export             302 404 404 404 404 404 404 404 404 404 200 404 404 404
GET  roster_export_status      302 404 404 404 404 404 404 404 404 404 200 404 404 404
GET  roster_export_file        302 404 404 404 404 404 404 404 404 404 200 404 404 404
POST roster_export_cancel      302 404 404 404 404 404 404 404 404 404 302 404 404 404
GET  roster_statistics         302 403 403 403 403 200 200 200 200 200 200 200 403 200
POST roster_statistics         302 403 403 403 403 403 403 403 403 403 302 403 403 403
GET  roster_targets            302 403 403 403 403 403 403 403 403 403 200 403 403 403
POST roster_targets            302 403 403 403 403 403 403 403 403 403 302 403 403 403
# administration
GET  people_list               302 403 200 200 200 200 200 200 200 200 403 200 200 200
GET  person_invite             302 403 403 403 200 200 200 200 200 200 403 403 200 403
POST person_invite             302 403 403 403 200 200 200 200 200 200 403 403 200 403
GET  person_invite:unit        302 403 403 403 200 200 200 404 200 200 403 403 200 403
POST person_invite:unit        302 403 403 403 302 302 302 404 302 302 403 403 302 403
GET  person_replace            302 404 404 403 200 200 200 404 200 200 404 403 200 403
POST person_replace            302 404 404 403 302 302 302 404 302 302 404 403 302 403
GET  person_dismiss            302 404 404 403 200 200 200 404 200 200 404 403 200 403
POST person_dismiss            302 404 404 403 302 302 302 404 302 302 404 403 302 403
GET  invitation_resend         302 404 404 403 200 200 200 404 200 200 404 403 200 403
POST invitation_resend         302 404 404 403 302 302 302 404 302 302 404 403 302 403
GET  audit_list                302 403 403 403 403 403 403 403 403 403 403 200 403 200
# the three-year watch
GET  watch_list                302 403 403 403 403 200 200 200 200 200 403 200 403 200
"""


def parsed(table):
    """``{(method, row): {person: status}}``."""
    lines = [line.split() for line in table.splitlines() if line.strip() and not line.startswith("#")]
    header, *rows = lines
    assert header == list(PEOPLE.values())
    return {(method, row): dict(zip(PEOPLE, map(int, codes), strict=True)) for method, row, *codes in rows}


MATRIX = parsed(TABLE + matrix_money.TABLE + matrix_years.TABLE)


def only(name, *arguments):
    """The one address of a name."""
    return [reverse(name, args=arguments)]


ADDRESSES = {  # name of a row -> the addresses behind it; no entry: an address without arguments
    **matrix_money.ADDRESSES,
    **matrix_years.ADDRESSES,
    "invitation_accept": lambda w: [urlsplit(w.link).path],
    "message_open": lambda w: only("message_open", w.message.pk),
    "studio_public": lambda w: only("studio_public", w.public.pk),
    "studio_public:base": lambda w: only("studio_public", w.studio.pk),
    "person_invite:unit": lambda w: [f"{reverse('person_invite')}?union={w.unit.union_id}"],
    "person_replace": lambda w: only("person_replace", w.appointment.pk),
    "person_dismiss": lambda w: only("person_dismiss", w.appointment.pk),
    "invitation_resend": lambda w: only("invitation_resend", w.appointment.pk),
    "studio_detail": lambda w: only("studio_detail", w.studio.pk) + only("studio_detail", w.young.pk),
    "studio_section": lambda w: [
        reverse("studio_section", args=[w.young.pk, section]) for section in Section
    ],
    "studio_section:closed": lambda w: only("studio_section", w.studio.pk, Section.STUDIO),
    "studio_section:funds": lambda w: only("studio_section", w.young.pk, Section.FUNDS),
    "achievement_new": lambda w: only("achievement_new", w.young.pk),
    "achievement_edit": lambda w: only("achievement_edit", w.young.pk, w.achievement.pk),
    "achievement_remove": lambda w: only("achievement_remove", w.young.pk, w.achievement.pk),
    "leader_change": lambda w: only("leader_change", w.young.pk),
    "file_upload": lambda w: only("file_upload", w.young.pk),
    "file_show": lambda w: only("file_show", w.file.pk),
    "file_thumb": lambda w: only("file_thumb", w.file.pk),
    "file_preview": lambda w: only("file_preview", w.file.pk),
    "file_status": lambda w: only("file_status", w.file.pk),
    "file_remove": lambda w: only("file_remove", w.loose_file.pk),
    "unit_detail": lambda w: only("unit_detail", w.unit.pk),
    "unit_edit": lambda w: only("unit_edit", w.unit.pk),
    "application_detail": lambda w: only("application_detail", w.application.pk),
    "application_detail:draft": lambda w: only("application_detail", w.draft.pk),
    "application_act": lambda w: only("application_act", w.application.pk),
    "application_judge": lambda w: only("application_judge", w.application.pk),
    "application_write": lambda w: only("application_write", w.draft.pk),
    "application_changes": lambda w: only("application_changes", w.application.pk),
    "dossier_show": lambda w: (
        only("dossier_show", w.application.pk, 1) + only("dossier_show", w.application.pk, 2)
    ),
    "studio_standards": lambda w: only("studio_standards", w.studio.pk),
    "change_choose": lambda w: only("change_choose", w.studio.pk),
    "change_new": lambda w: only("change_new", w.studio.pk, "merge"),
    "unit_change_choose": lambda w: only("unit_change_choose", w.unit.pk),
    "unit_change_new": lambda w: [
        reverse("unit_change_new", args=[w.unit.pk, kind]) for kind in ("unit_move", "unit_rename")
    ],
    "change_detail": lambda w: only("change_detail", w.change.pk),
    "change_act": lambda w: only("change_act", w.change.pk),
    "recheck_settle": lambda w: only("recheck_settle", w.recheck.pk),
    "revocation_detail": lambda w: only("revocation_detail", w.revocation.pk),
    "revocation_act": lambda w: only("revocation_act", w.revocation.pk),
    "revocation_notice": lambda w: only("revocation_notice", w.revocation.pk),
    "return_record": lambda w: only("return_record", w.plaque.pk),
    "annulment_detail": lambda w: only("annulment_detail", w.annulment.pk),
    "annulment_act": lambda w: only("annulment_act", w.annulment.pk),
    "result_detail": lambda w: only("result_detail", w.achievement.pk),
    "result_act": lambda w: only("result_act", w.achievement.pk),
    "ledger": lambda w: only("ledger", w.studio.pk) + only("ledger", w.young.pk),
    "ledger_quick": lambda w: only("ledger_quick", w.young.pk),
    "ledger_entry_new": lambda w: [
        reverse("ledger_entry_new", args=[w.young.pk, kind]) for kind in ENTRY_KINDS
    ],
    "ledger_entry_new:activity": lambda w: only("ledger_entry_new", w.young.pk, "activity"),
    "ledger_entry": lambda w: only("ledger_entry", w.young.pk, "activity", w.activity.pk),
    "ledger_entry_remove": lambda w: only("ledger_entry_remove", w.young.pk, "activity", w.activity.pk),
    "roster_import": lambda w: only("roster_import", w.roster.pk),
    "roster_import:applied": lambda w: only("roster_import", w.applied_roster.pk),
    "roster_import_status": lambda w: only("roster_import_status", w.roster.pk),
    "roster_import_remarks": lambda w: only("roster_import_remarks", w.roster.pk),
    "roster_import_report": lambda w: only("roster_import_report", w.roster.pk),
    "roster_import_answer": lambda w: only("roster_import_answer", w.roster.pk),
    "roster_import_confirm": lambda w: only("roster_import_confirm", w.roster.pk),
    "roster_import_undo": lambda w: only("roster_import_undo", w.applied_roster.pk),
    "roster_import_drop": lambda w: only("roster_import_drop", w.roster.pk),
    "roster_export": lambda w: only("roster_export", w.export.pk),
    "roster_export_status": lambda w: only("roster_export_status", w.export.pk),
    "roster_export_file": lambda w: only("roster_export_file", w.export.pk),
    "roster_export_cancel": lambda w: only("roster_export_cancel", w.waiting_export.pk),
    "access_status": lambda w: only("access_status", w.access.reference),
    "access_detail": lambda w: only("access_detail", w.access.pk),
    "access_act": lambda w: only("access_act", w.access.pk),
}
NEWCOMER = {"name": "乌云高娃", "phone": "19900000399"}
FORMS = {  # name of a row -> what is posted besides the token; no entry: nothing
    **matrix_money.FORMS,
    **matrix_years.FORMS,
    "set_language": lambda w: {"language": "en"},
    "person_invite:unit": lambda w: {**NEWCOMER, "role": Role.UNIT_CLERK},
    "person_replace": lambda w: NEWCOMER,
    "person_dismiss": lambda w: {"reason": "退休"},
    "studio_new": lambda w: {
        "short_name": "又一个创新工作室",
        "kind": "worker",
        "founded_on_year": "2024",
        "founded_on_month": "03",
    },
    "studio_section:funds": lambda w: {"version": "0"},
    "achievement_new": lambda w: {"title": "新成果", "kind_id": AchievementKind.objects.first().pk},
    "achievement_edit": lambda w: {
        "title": "改名的成果",
        "kind_id": AchievementKind.objects.first().pk,
        "version": "0",
    },
    "file_upload": lambda w: {"slot": "other", "file": picture_file()},
    "ledger_quick": lambda w: {"line": "钳工比武", "what": "activity", "day": "2026-01-05"},
    "ledger_entry_new:activity": lambda w: {"title": "钳工比武", "kind": "contest", "sessions": "1"},
    "ledger_entry": lambda w: {
        "title": "改名的练兵",
        "kind": "training",
        "sessions": "1",
        "seen": seen_of(w.activity),
    },
    "application_open": lambda w: {"studio": w.young.pk, "level": "base"},
    "application_act": lambda w: {"action": "take"},
    "application_judge": lambda w: {"clause": "二.4", "verdict": "met", "note": "", "version": "0"},
    "application_write": lambda w: {"statement": "本工作室成效显著。"},
    "change_act": lambda w: {"action": "refuse_change", "reason": "材料不全", "confirmed": "1"},
    "recheck_settle": lambda w: {"reason": "行业公认技术能手"},
    "case_new": lambda w: {"naming": w.revocation.naming_id, "cause": "inactive", "grounds": "停摆"},
    "revocation_act": lambda w: {"action": "check_answer", "reason": "已核查", "is_mended": "no"},
    "return_record": lambda w: {"returned_on": w.plaque.due_on.isoformat()},
    "annulment_new": lambda w: {"document": w.annulment.annulled_id, "grounds": "清理"},
    "annulment_act": lambda w: {"action": "drop_annulment", "reason": "不撤", "confirmed": "1"},
    "result_act": lambda w: {"action": "verify_result"},
    "result_verify_many": lambda w: {"pick": w.achievement.pk},
    "roster_import_new": lambda w: {"file": SimpleUploadedFile("新名册.xlsx", blank_roster())},
    "roster_import_answer": lambda w: {f"answer-{w.roster.questions[0]['key']}": "county"},
    "roster_import_confirm": lambda w: {"seen": w.roster.previewed_at.isoformat()},
    "roster_export_new": lambda w: {"union": w.county.pk, "day": "today"},
    "access_act": lambda w: {"action": "refuse_access", "reason": "重复申请"},
}


def picture_file():
    """An upload as a form sends it."""
    return SimpleUploadedFile("现场.jpg", makers.jpeg(), content_type="image/jpeg")


def form_of(row, side):
    """What is posted for a row."""
    return FORMS[row](side) if row in FORMS else {}


def addresses(row, side):
    """The addresses that a row of the table stands for."""
    return ADDRESSES[row](side) if row in ADDRESSES else only(row.split(":")[0])
