"""Questions whose answers do not fit: the rows that they concern are errors, to be corrected in the file."""

from studios.choices import Verdict

NONE_FITS = "none-fits"  # the answer that every question takes; no choice of a question has this value
WAITING = (Verdict.QUESTION, Verdict.ERROR)


def decline(pairs, questions, answers):
    """Make errors of the rows that wait for a question answered with NONE_FITS, and say so at the cell.

    ``pairs`` are (RowRead, Match), ``questions`` {key: question} of the whole file. A question answered so
    stays open for whoever asks, as the answer is none of its choices; here alone it becomes an error.
    """
    declined = {key for key, value in answers.items() if value == NONE_FITS and key in questions}
    if not declined:
        return
    for row, made in pairs:
        if made.verdict in WAITING:
            for key in _asked(row, made):
                if key in declined:
                    made.verdict = Verdict.ERROR.value
                    made.messages.append(_remark(row, questions[key]))


def _asked(row, made):
    """Keys of the questions that a row waits for, each once."""
    later = (message["question"] for message in made.messages if message.get("question"))
    return dict.fromkeys([*row.questions, *later])


def _remark(row, question):
    column = question["column"]
    cell = row.cells.get(column, "")
    found = row.raw.get(column) or question["found"]
    return {"cell": cell, "found": found, "code": "register.none_fits", "values": {}, "grave": True}
