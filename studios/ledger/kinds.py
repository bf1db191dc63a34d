"""What is asked of each kind of result besides its number, title, dates and benefit.

A result keeps these in ``Achievement.details`` as ``{name: text}``. A name means the same wherever it stands;
``COLUMNS`` are fields of the model that only some kinds have. Patents alone are asked about patents.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

TEXT, CHOICE, YEAR, YES_NO = "text", "choice", "year", "yes/no"
LONGEST = 160


@dataclass(frozen=True)
class Detail:
    """One such field; ``choices`` as Django takes them. All values are text, a year four digits."""

    name: str
    label: object
    type: str = TEXT
    choices: tuple = ()

    def words(self, value):
        """A stored value as people read it; what is no choice any more stays as it is."""
        return str(dict(self.choices).get(value, value))

    def check(self, value):
        """Raise ValidationError unless ``value`` is text that this field can hold."""
        if not isinstance(value, str):
            raise ValidationError(_("%(label)s must be text.") % {"label": self.label})
        if len(value) > LONGEST:
            raise ValidationError(
                _("%(label)s has %(length)d characters; %(most)d fit.")
                % {"label": self.label, "length": len(value), "most": LONGEST}
            )
        if self.choices and value not in dict(self.choices):
            raise ValidationError(
                _("“%(value)s” is none of the choices for %(label)s.") % {"value": value, "label": self.label}
            )
        if self.type == YEAR and not re.fullmatch(r"(19|20)[0-9]{2}", value):
            raise ValidationError(
                _("%(label)s is a year of four digits; this says “%(value)s”.")
                % {"label": self.label, "value": value}
            )


LEVELS = (
    ("nation", gettext_lazy("national level")),
    ("province", gettext_lazy("level of the region or a ministry")),
    ("city", gettext_lazy("city level")),
    ("county", gettext_lazy("county level")),
    ("industry", gettext_lazy("level of an industry association")),
    ("unit", gettext_lazy("level of the company or unit")),
)
ANSWERS = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))


def chosen(name, label, *choices):
    """A field with choices."""
    return Detail(name, label, CHOICE, choices)


DETAILS = {
    detail.name: detail
    for detail in (
        Detail("inventors", gettext_lazy("inventors in their order")),
        Detail("certificate_number", gettext_lazy("certificate number")),
        Detail("countries", gettext_lazy("countries it was brought to")),
        Detail("software_version", gettext_lazy("version of the software")),
        chosen(
            "rights",
            gettext_lazy("how the rights were acquired"),
            ("original", gettext_lazy("original acquisition")),
            ("assigned", gettext_lazy("taken over from others")),
        ),
        Detail("species", gettext_lazy("plant species")),
        Detail("approved_by", gettext_lazy("approved by")),
        Detail("approved_year", gettext_lazy("year of approval"), YEAR),
        chosen("level", gettext_lazy("level of the result"), *LEVELS),
        Detail("named_after", gettext_lazy("named after")),
        chosen(
            "five_small",
            gettext_lazy("which of the five"),
            ("invention", gettext_lazy("small invention")),
            ("creation", gettext_lazy("small creation")),
            ("renovation", gettext_lazy("small renovation")),
            ("design", gettext_lazy("small design")),
            ("suggestion", gettext_lazy("small suggestion")),
        ),
        Detail("problem", gettext_lazy("problem it solves")),
        Detail("used_at", gettext_lazy("where it is used")),
        Detail("used_since", gettext_lazy("in use since (year)"), YEAR),
        Detail("appraised_by", gettext_lazy("appraised by")),
        Detail("appraised_year", gettext_lazy("year of appraisal"), YEAR),
        chosen(
            "qc_class",
            gettext_lazy("class of the QC topic"),
            ("site", gettext_lazy("problem solving: on site")),
            ("attack", gettext_lazy("problem solving: hard problem")),
            ("management", gettext_lazy("problem solving: management")),
            ("service", gettext_lazy("problem solving: service")),
            ("innovation", gettext_lazy("innovation topic")),
        ),
        Detail("qc_group", gettext_lazy("name of the QC group")),
        Detail("qc_year", gettext_lazy("year of the QC result"), YEAR),
        Detail("association", gettext_lazy("quality association that issued it")),
        chosen(
            "standard_level",
            gettext_lazy("kind of standard"),
            ("nation", gettext_lazy("national standard")),
            ("industry", gettext_lazy("industry standard")),
            ("local", gettext_lazy("local standard")),
            ("group", gettext_lazy("group standard")),
            ("company", gettext_lazy("company standard")),
        ),
        chosen(
            "standard_role",
            gettext_lazy("part in the standard"),
            ("lead", gettext_lazy("leading drafter")),
            ("main", gettext_lazy("main drafter")),
            ("member", gettext_lazy("took part in drafting")),
        ),
        Detail("effective_year", gettext_lazy("in force since (year)"), YEAR),
        chosen(
            "proposal_stage",
            gettext_lazy("how far the proposal has come"),
            ("put_forward", gettext_lazy("put forward")),
            ("adopted", pgettext_lazy("proposal", "adopted")),
            ("implemented", gettext_lazy("implemented")),
        ),
        Detail("adopted_year", gettext_lazy("year of adoption"), YEAR),
        Detail("journal", gettext_lazy("journal")),
        Detail("issue", gettext_lazy("year, volume and issue")),
        Detail("is_core", gettext_lazy("core journal"), YES_NO, ANSWERS),
        Detail("author_place", gettext_lazy("place among the authors")),
        Detail("publisher", gettext_lazy("publisher")),
        Detail("published_year", gettext_lazy("year of publication"), YEAR),
        Detail("set_by", gettext_lazy("set or financed by")),
        chosen(
            "topic_stage",
            gettext_lazy("how far the topic has come"),
            ("running", gettext_lazy("research under way")),
            ("concluded", gettext_lazy("concluded and accepted")),
        ),
        Detail("award_name", gettext_lazy("name of the award")),
        Detail("award_grade", gettext_lazy("class of the award")),
        Detail("award_year", gettext_lazy("year of the award"), YEAR),
        Detail("unit_place", gettext_lazy("place of the unit among the winners")),
        Detail("person_place", gettext_lazy("place of the studio's people")),
        Detail("award_document", gettext_lazy("document of the award")),
        Detail("before_after", gettext_lazy("what is better than before")),
        chosen(
            "teaching_form",
            gettext_lazy("form of the teaching result"),
            ("reform", gettext_lazy("teaching reform")),
            ("lesson", gettext_lazy("model lesson")),
            ("course", gettext_lazy("course or training package")),
            ("contest", gettext_lazy("result of guided students")),
        ),
        Detail("subject", gettext_lazy("subject or trade taught")),
        Detail("department", gettext_lazy("clinical department")),
        Detail("cases", gettext_lazy("number of cases treated")),
        Detail("heritage_item", gettext_lazy("item of intangible heritage")),
        Detail("shown_at", gettext_lazy("where it was shown or collected")),
        Detail("nature", gettext_lazy("what kind of result it is")),
    )
}

PATENT_COLUMNS = ("filed_on", "patent_status", "granted_on", "holder")
COLUMNS = {
    "invention_patent": PATENT_COLUMNS,
    "utility_model": PATENT_COLUMNS,
    "design_patent": PATENT_COLUMNS,
    "patent_pct": ("filed_on", "holder"),
    "software_copyright": ("holder",),
    "ic_layout": ("filed_on", "holder"),
    "plant_variety": ("holder",),
}
OF_KIND = {
    "invention_patent": ("inventors", "certificate_number"),
    "utility_model": ("inventors", "certificate_number"),
    "design_patent": ("inventors", "certificate_number"),
    "patent_pct": ("inventors", "countries"),
    "software_copyright": ("certificate_number", "software_version", "rights"),
    "ic_layout": ("certificate_number", "inventors"),
    "plant_variety": ("species", "approved_by", "approved_year", "level"),
    "construction_method": ("level", "approved_by", "approved_year"),
    "advanced_operation": ("level", "named_after", "approved_by", "used_at"),
    "skill_trick": ("level", "named_after", "approved_by"),
    "five_small": ("five_small", "level", "used_at", "used_since"),
    "tech_renovation": ("problem", "used_at", "used_since"),
    "tech_breakthrough": ("problem", "used_at", "used_since"),
    "new_product": ("appraised_by", "appraised_year", "level"),
    "new_process": ("appraised_by", "appraised_year", "level", "used_at"),
    "qc": ("level", "qc_class", "qc_group", "qc_year", "association"),
    "standard": ("standard_level", "standard_role", "effective_year"),
    "rational_proposal": ("proposal_stage", "adopted_year", "used_at"),
    "paper": ("journal", "issue", "is_core", "author_place"),
    "book": ("publisher", "published_year", "author_place"),
    "topic": ("set_by", "level", "topic_stage"),
    "sci_award": (
        *("award_name", "award_grade", "level", "award_year"),
        *("unit_place", "person_place", "award_document"),
    ),
    "worker_innovation_award": (
        *("award_name", "award_grade", "level", "award_year"),
        *("unit_place", "person_place", "award_document"),
    ),
    "mgmt_innovation": ("before_after", "used_at", "used_since", "level"),
    "service_innovation": ("before_after", "used_at", "used_since", "level"),
    "business_innovation": ("before_after", "used_at", "used_since", "level"),
    "teaching": ("teaching_form", "subject", "level"),
    "medical": ("department", "cases", "approved_by", "used_since"),
    "heritage": ("heritage_item", "level", "shown_at"),
    "other": ("nature",),
}


def details_of(kind_code):
    """The ``Detail``s of a kind, in the order of the form; none of a kind that an office added."""
    return tuple(DETAILS[name] for name in OF_KIND.get(kind_code, ()))


def columns_of(kind_code):
    """The fields of the model that only some kinds have and this one does."""
    return COLUMNS.get(kind_code, ())


def columns_gone(kind_code):
    """The fields of the model that results of this kind leave empty."""
    return tuple(name for name in PATENT_COLUMNS if name not in columns_of(kind_code))


def check_details(kind_code, details):
    """Raise ValidationError unless ``{name: text}`` holds only what this kind has, each as it should be."""
    known = {detail.name: detail for detail in details_of(kind_code)}
    for name, value in details.items():
        if name not in known:
            raise ValidationError(_("“%(name)s” is no field of this kind of achievement.") % {"name": name})
        known[name].check(value)


def details_shown(details):
    """[(label, words)] of stored details in the order of the form; names nobody knows any more come last."""
    known = [
        (detail.label, detail.words(details[name])) for name, detail in DETAILS.items() if details.get(name)
    ]
    return known + [(name, value) for name, value in details.items() if name not in DETAILS and value]
