"""What a rule says about one clause: codes and values only, to be frozen and read in any language."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """``SOFT``: met only in part or not for certain. ``JUDGE``: complete, and now a person must decide."""

    MET = "met"
    SOFT = "soft"
    NOT_MET = "not_met"
    JUDGE = "judge"


@dataclass(frozen=True)
class Missing:
    """One thing to supply, and the section of the form where it goes."""

    code: str
    values: dict
    section: str

    def to_json(self):
        return {"code": self.code, "values": self.values, "section": self.section}


@dataclass(frozen=True)
class Finding:
    """The machine's answer to one clause.

    ``values`` holds JSON-able facts, the thresholds compared with among them. ``evidence`` refers to rows
    and files of the dossier: ``{"section": "achievements", "id": 5}`` or ``{"file": 7}``. ``blocks`` is set
    by the registry: with it the application cannot be submitted.
    """

    clause: str
    verdict: Verdict
    code: str
    values: dict = field(default_factory=dict)
    missing: tuple = ()
    evidence: tuple = ()
    blocks: bool = False

    def to_json(self):
        return {
            "clause": self.clause,
            "verdict": self.verdict.value,
            "code": self.code,
            "values": self.values,
            "missing": [item.to_json() for item in self.missing],
            "evidence": [dict(reference) for reference in self.evidence],
            "blocks": self.blocks,
        }

    @classmethod
    def from_json(cls, data):
        """The finding that ``to_json`` wrote."""
        return cls(
            clause=data["clause"],
            verdict=Verdict(data["verdict"]),
            code=data["code"],
            values=data["values"],
            missing=tuple(Missing(**item) for item in data["missing"]),
            evidence=tuple(data["evidence"]),
            blocks=data["blocks"],
        )
