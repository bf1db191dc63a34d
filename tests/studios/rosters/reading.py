"""What a reader of cells answered, in short, after checking that all of it can be stored and said."""

import json

from studios.rosters.remarks.cells import SENTENCES


def read(understood):
    """The value; ``"!code"`` of an error; ``("?code", values to choose from)`` of a question."""
    check(understood)
    if understood.error:
        return f"!{understood.error.code}"
    if understood.question:
        asked = understood.question
        return (f"?{asked.remark.code}", [value for value, _ in asked.choices])
    return understood.value


def noted(understood):
    """The codes of its notes."""
    return [note.code for note in understood.notes]


def check(understood):
    """Fail unless it says one thing, in words that exist, and can be stored as JSON."""
    assert sum([understood.value is not None, bool(understood.error), bool(understood.question)]) <= 1
    remarks = [*understood.notes, understood.error, understood.question and understood.question.remark]
    for remark in filter(None, remarks):
        sentence = str(SENTENCES[remark.code] % remark.values)
        assert sentence
        assert "%(" not in sentence
        json.dumps(remark.values)
    json.dumps([understood.value, understood.extra])
    if understood.question:
        about, choices = understood.question.about, understood.question.choices
        assert about.partition(":")[2], about
        assert choices
        assert all(isinstance(label, str) and label for _, label in choices)
        values = [json.dumps(value) for value, _ in choices]
        assert len(values) == len(set(values))
