"""The words of the trade that code depends on. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(models.IntegerChoices):
    """How high a union stands; the tier above is the next number."""

    BASE = 1, _("base unit")
    COUNTY = 2, _("county")
    CITY = 3, _("city")
    PROVINCE = 4, _("region")
    NATION = 5, _("nation")


class UnionKind(models.TextChoices):
    """What a union is organised by."""

    REGIONAL = "regional", _("regional federation")
    INDUSTRIAL = "industrial", _("industrial union")
    DIRECT = "direct", _("directly affiliated union")
    ZONE = "zone", _("development zone union")
    UNIT = "unit", _("union of a base unit")


class Role(models.TextChoices):
    """What a person does at a union."""

    UNIT_CLERK = "unit_clerk", _("unit clerk")
    UNIT_CHAIR = "unit_chair", _("unit chair")
    COUNTY_REVIEWER = "county_reviewer", _("county reviewer")
    COUNTY_APPROVER = "county_approver", _("county approver")
    CITY_REVIEWER = "city_reviewer", _("city reviewer")
    CITY_APPROVER = "city_approver", _("city approver")
    ROSTER_ADMIN = "roster_admin", _("roster admin")
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMIN = "system_admin", _("system admin")


class StudioKind(models.TextChoices):
    """What sort of studio it is (reference §1.4)."""

    WORKER = "worker", _("worker innovation studio")
    MODEL_WORKER = "model_worker", _("model-worker innovation studio")
    CRAFTSMAN = "craftsman", _("craftsman innovation studio")
    MODEL_CRAFTSMAN = "model_craftsman", _("model-worker and craftsman studio")
    WOMEN = "women", _("women workers' innovation studio")
    SKILL_MASTER = "skill_master", _("skill-master studio")
    TRAD_CRAFT = "trad_craft", _("traditional-craft master studio")
    JOINT = "joint", _("joint innovation studio")


class TitleMode(models.TextChoices):
    """The word a level's title is granted with: it moves with policy, so it is data."""

    NAMED = "named", pgettext_lazy("title", "named")
    RECOGNISED = "recognised", _("recognised")
    KEY_SUPPORT = "key_support", _("key support")
    SUPPORT_BUILD = "support_build", _("supported to build")
    FILED = "filed", pgettext_lazy("title", "filed")


class Rank(models.IntegerChoices):
    """How high an honour, award or other recognition ranks; smaller is higher (reference §6.2)."""

    INTERNATIONAL = 10, _("international")
    NATIONAL = 20, _("national")
    PROVINCE = 30, _("ministry or region")
    INDUSTRY = 35, _("industry")
    PREFECTURE = 40, _("city (prefecture)")
    COUNTY = 50, _("county")
    UNIT_GROUP = 55, _("group company")
    UNIT = 60, _("unit")
    WORKSHOP = 70, _("workshop")


class Section(models.TextChoices):
    """The sections in which a studio is registered; remarks of a return are bound to them."""

    STUDIO = "studio", _("Studio and venue")
    LEADER = "leader", _("Leader and honours")
    TEAM = "team", _("Team")
    EQUIPMENT = "equipment", _("Equipment and systems")
    FUNDS = "funds", _("Funds")
    PROJECTS = "projects", _("Projects")
    ACHIEVEMENTS = "achievements", _("Achievements")
    EVIDENCE = "evidence", _("Evidence")


class Sex(models.TextChoices):
    """GB/T 2261.1 in words."""

    MALE = "male", _("male")
    FEMALE = "female", _("female")


class Education(models.TextChoices):
    """Highest education, in the groups that rosters use (after GB/T 4658)."""

    JUNIOR = "junior", _("junior secondary")
    SENIOR = "senior", _("senior or vocational secondary")
    COLLEGE = "college", _("college diploma")
    BACHELOR = "bachelor", _("bachelor")
    MASTER = "master", _("master")
    DOCTOR = "doctor", _("doctor")


class SkillLevel(models.TextChoices):
    """The eight-step ladder of vocational skill; never the old numbers, which run the other way."""

    APPRENTICE = "apprentice", _("apprentice")
    JUNIOR = "junior", _("junior worker")
    INTERMEDIATE = "intermediate", _("intermediate worker")
    SENIOR = "senior", _("senior worker")
    TECHNICIAN = "technician", _("technician")
    SENIOR_TECHNICIAN = "senior_technician", _("senior technician")
    SPECIAL_TECHNICIAN = "special_technician", _("special-grade technician")
    CHIEF_TECHNICIAN = "chief_technician", _("chief technician")


class ProfTitle(models.TextChoices):
    """Professional title by grade."""

    CLERK = "clerk", _("technician grade (entry)")
    ASSISTANT = "assistant", _("assistant grade")
    INTERMEDIATE = "intermediate", _("intermediate grade")
    DEPUTY_SENIOR = "deputy_senior", _("deputy senior grade")
    SENIOR = "senior", _("senior grade")


class MemberRole(models.TextChoices):
    """What a member is in the team."""

    CORE = "core", _("core member")
    MEMBER = "member", _("member")
    ADVISER = "adviser", _("adviser")


class Item(models.TextChoices):
    """The checklists of clauses 二.3, 二.4 and 二.5, item by item."""

    SIGN_PLAQUE = "signage.plaque", _("studio plaque")
    SIGN_ORGANISATION = "signage.organisation", _("organisation chart")
    SIGN_MEMBERS = "signage.members", _("list of members")
    SIGN_DUTIES = "signage.duties", _("duties")
    SIGN_GOALS = "signage.goals", _("goals and tasks")
    SIGN_RESULTS = "signage.results", _("display of results")
    EQ_DOCUMENTS = "equipment.documents", _("technical documents")
    EQ_TOOLS = "equipment.tools", _("tools and apparatus")
    EQ_COMPUTERS = "equipment.computers", _("computers and network")
    EQ_INSTRUMENTS = "equipment.instruments", _("laboratory instruments")
    SYS_LEARNING = "system.learning", _("team learning")
    SYS_ACTIVITIES = "system.activities", _("activities")
    SYS_PLAN = "system.plan", _("innovation plan")
    SYS_PUBLICATION = "system.publication", _("publication of results")
    SYS_INCENTIVES = "system.incentives", _("rewards and incentives")
    SYS_MANAGEMENT = "system.management", _("internal management")


OTHER_SLOTS = {
    "venue.photo": _("photo of the venue"),
    "leader.honour": _("leader's honour certificate"),
    "leader.skilled": _("proof of the leader's skill"),
    "team.roster": _("team list or appointment paper"),
    "fund.proof": _("proof of funds"),
    "achievement.proof": _("proof of an achievement"),
    "benefit.proof": _("proof of benefit"),
    "other": _("other evidence"),
}
LEDGER_SLOTS = {  # files of the ledger and of what is asked and answered later: never closed by a review
    "activity.photo": _("photo of an activity"),
    "mentorship.agreement": _("master–apprentice agreement"),
    "media.copy": _("copy of a report in the media"),
    "reward.proof": _("proof of a reward"),
    "change.proof": _("proof of a change"),
    "notice.answer": _("proof of what was mended"),
    "subsidy.proof": _("proof of how a subsidy was used"),
}
SLOTS = {**{item.value: item.label for item in Item}, **OTHER_SLOTS, **LEDGER_SLOTS}


class FundSource(models.TextChoices):
    """Where a studio's money comes from."""

    UNIT = "unit", _("the unit's administration")
    UNION = "union", _("union funds")
    HIGHER = "higher", _("grant of a higher level")
    PRIZE = "prize", _("prize money")
    OTHER = "other", _("other")


class ProjectStatus(models.TextChoices):
    """How far an innovation project has come."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("under way")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


class PatentStatus(models.TextChoices):
    """Filed is not granted: only a granted patent counts for clause 三.b."""

    FILED = "filed", pgettext_lazy("patent", "filed")
    PUBLISHED = "published", pgettext_lazy("patent", "published, not yet granted")
    GRANTED = "granted", pgettext_lazy("patent", "granted")


class RecognitionKind(models.TextChoices):
    """How an achievement was recognised."""

    AWARD = "award", _("award")
    CERTIFICATE = "certificate", _("certificate")
    APPRAISAL = "appraisal", _("appraisal")
    OTHER = "other", _("other")


class LedgerState(models.TextChoices):
    """Whether the union above has looked at a result."""

    ENTERED = "entered", pgettext_lazy("result", "entered")
    VERIFIED = "verified", pgettext_lazy("result", "verified")
    QUERIED = "queried", pgettext_lazy("result", "queried")


class ConversionMode(models.TextChoices):
    """How a result is put to use (reference §6.6)."""

    OWN_USE = "own_use", _("own use")
    ROLL_OUT = "roll_out", _("rolled out elsewhere")
    TRANSFER = "transfer", _("technology transfer")
    LICENCE = "licence", _("licence")
    DEVELOPMENT = "development", _("technology development contract")
    CONSULTING = "consulting", _("technology consulting contract")
    SERVICE = "service", _("technology service contract")
    EQUITY = "equity", _("brought in as equity")
    AUCTION = "auction", _("auction")


class ActivityKind(models.TextChoices):
    """What a studio does beside its projects (reference §6.5, glossary)."""

    DRILL = "drill", _("on-the-job drill")
    CONTEST = "contest", _("skill contest")
    TRAINING = "training", _("training")
    LECTURE = "lecture", _("lecture")
    EXCHANGE = "exchange", _("exchange")
    SERVICE = "service", _("service to others")
    SHOW = "show", _("display of results")
    OTHER = "other", _("other")


class MentorshipOutcome(models.TextChoices):
    """How a master–apprentice agreement stands (师带徒)."""

    RUNNING = "running", pgettext_lazy("mentorship", "running")
    GRADUATED = "graduated", pgettext_lazy("mentorship", "graduated")
    RENEWED = "renewed", pgettext_lazy("mentorship", "renewed")
    ENDED = "ended", pgettext_lazy("mentorship", "ended early")


class EndReason(models.TextChoices):
    """Why a title ended (reference §4.2)."""

    NO_RESULT_3Y = "no_result_3y", _("three years in a row without a result")
    NO_RESULT_1Y = "no_result_1y", _("a year without a result or clear benefit")
    FAILED_ASSESSMENT = "failed_assessment", _("failed assessment not mended")
    INACTIVE = "inactive", _("no substantial work for a long time")
    UNIT_CLOSED = "unit_closed", _("the unit closed")
    UNIT_MOVED = "unit_moved", _("the unit moved away")
    LEADER_GONE = "leader_gone", _("the leader left without a successor")
    FRAUD = "fraud", _("false statements")
    FUND_MISUSE = "fund_misuse", _("misuse of a subsidy")
    LEADER_DISCIPLINE = "leader_discipline", _("offence against law or discipline")
    SAFETY_ACCIDENT = "safety_accident", _("serious safety or quality accident")
    DISHONEST_LIST = "dishonest_list", _("on the list of dishonest debtors")
    VOLUNTARY = "voluntary", _("the unit's own wish")
    POLICY_ANNUL = "policy_annul", _("annulled by policy")
    MERGED = "merged", _("merged")
    SUPERSEDED = "superseded", _("superseded")
    UNSTATED = "unstated", _("not stated in the older roster")


class Source(models.TextChoices):
    """Whether a row came into being here or was taken over from an older roster."""

    PORTAL = "portal", _("granted in the portal")
    IMPORTED = "imported", _("taken over from an older roster")


class FileState(models.TextChoices):
    """How far an uploaded file has come."""

    CHECKING = "checking", _("being checked")
    READY = "ready", pgettext_lazy("file", "ready")
    REFUSED = "refused", pgettext_lazy("file", "refused")


class ImportState(models.TextChoices):
    """How far an uploaded roster has come."""

    READING = "reading", pgettext_lazy("import", "being read")
    REFUSED = "refused", pgettext_lazy("import", "refused")
    PREVIEW = "preview", pgettext_lazy("import", "preview")
    APPLYING = "applying", pgettext_lazy("import", "being applied")
    APPLIED = "applied", pgettext_lazy("import", "applied")
    UNDOING = "undoing", pgettext_lazy("import", "being undone")
    UNDONE = "undone", pgettext_lazy("import", "undone")
    DROPPED = "dropped", pgettext_lazy("import", "dropped")


class Verdict(models.TextChoices):
    """What an import would do with a row."""

    NEW = "new", pgettext_lazy("verdict", "new")
    CHANGED = "changed", pgettext_lazy("verdict", "changed")
    SAME = "same", pgettext_lazy("verdict", "same")
    QUESTION = "question", pgettext_lazy("verdict", "question")
    ERROR = "error", pgettext_lazy("verdict", "error")
    SKIPPED = "skipped", pgettext_lazy("verdict", "skipped")


class ExportKind(models.TextChoices):
    """What is taken out."""

    ROSTER = "roster", _("annual roster")
    STATISTICS = "statistics", _("statistics")


class ExportState(models.TextChoices):
    """How far an export has come."""

    WAITING = "waiting", pgettext_lazy("export", "being made")
    READY = "ready", pgettext_lazy("export", "ready")
    FAILED = "failed", pgettext_lazy("export", "failed")
    EXPIRED = "expired", pgettext_lazy("export", "expired")
