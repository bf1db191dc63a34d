"""The clauses of an application as a page shows them: quoted text, finding, claims, files, judgements."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reviews.choices import Verdict as Judged
from reviews.claims import claims, files_about, subject_of
from reviews.rules.findings import Finding, Verdict
from reviews.rules.sentences import explain
from reviews.workflow.guards import counts
from studios.choices import Tier


@dataclass
class Line:
    """One clause. ``machine`` is the machine's verdict, in the word of ``{% verdict_tag %}``."""

    clause: str
    title: str
    text: str
    machine: str
    found: str
    needed: str
    missing: list
    details: tuple
    blocks: bool = False
    claims: list = field(default_factory=list)
    files: list = field(default_factory=list)
    judgement: dict = field(default_factory=dict)
    earlier: list = field(default_factory=list)
    needs_judging: bool = False
    code: str = ""
    opened: bool = False
    is_settled: bool = False  # no union judges it now: the last judgement stands

    @property
    def verdict(self):
        """What the head of the clause shows: the judgement where there is one, else the machine's."""
        last = self.earlier[-1] if self.earlier and self.is_settled else {}
        return self.judgement.get("verdict") or last.get("verdict") or self.machine

    @property
    def is_done(self):
        """Whether a person has judged it, with the note that it needs."""
        return bool(self.judgement.get("verdict")) and not self.note_problem

    @property
    def note_problem(self):
        """What the judgement still lacks in words, or ""."""
        judged = self.judgement.get("verdict")
        if not judged or counts(self.code, judged, self.judgement["note"]):
            return ""
        if judged == Judged.NOT_MET:
            return _("Say why it is not met.")
        return _("Say by what the leader is recognised as a skilled talent.")


def clause_words(ruleset):
    """``{clause: (title, text)}`` of a rule set dict; the quoted text stays Chinese."""
    english = (get_language() or "").startswith("en")
    return {
        row["id"]: (row["title_en"] if english and row["title_en"] else row["title"], row["text"])
        for row in ruleset["clauses"]
    }


def nowhere(section):
    """For readers who do not fill in the form."""
    return ""


def line_of(finding, words, section_url=nowhere):
    """A finding (rules' form) as a line without claims and judgements; ``section_url`` says where to mend."""
    told = explain(finding)
    title, text = words.get(finding.clause, (finding.clause, ""))
    return Line(
        clause=finding.clause,
        title=title,
        text=text,
        machine=finding.verdict.value,
        found=told.found,
        needed=told.needed,
        missing=[
            {"sentence": lack.sentence, "section": lack.section, "url": section_url(lack.section)}
            for lack in told.missing
        ],
        details=told.details,
        blocks=finding.blocks,
        needs_judging=finding.verdict != Verdict.MET,
        code=finding.code,
    )


def live_lines(standing, section_url=nowhere):
    """The lines of a studio as it stands now."""
    words = clause_words(standing.ruleset)
    return [line_of(finding, words, section_url) for finding in standing.findings]


def frozen_lines(rows, ruleset, dossier, *, tier, up_to, show_file):
    """The lines of a frozen dossier.

    ``rows``: findings with ``judgement_rows``. ``tier``: whose judgements are being written now;
    of the others those up to ``up_to`` are shown. ``show_file``: makes a dossier's file row what
    the file components print.
    """
    words = clause_words(ruleset)
    lines = []
    for row in rows:
        finding = Finding.from_json(row.body)
        line = line_of(finding, words)
        line.is_settled = tier is None
        subject = subject_of(finding.code)
        line.claims = claims(subject, dossier)
        line.files = [show_file(file) for file in files_about(subject, dossier, finding.evidence)]
        for judged in row.judgement_rows:
            if judged["tier"] > up_to:
                continue
            judged["verdict_label"] = Judged(judged["verdict"]).label if judged["verdict"] else ""
            judged["tier_label"] = Tier(judged["tier"]).label
            if judged["tier"] == tier:
                line.judgement = judged
            else:
                line.earlier.append(judged)
        lines.append(line)
    return lines


def progress(lines):
    """``(judged, all)`` of the clauses that a person must judge."""
    needed = [line for line in lines if line.needs_judging]
    return sum(line.is_done for line in needed), len(needed)
