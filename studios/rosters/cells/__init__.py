"""Reading one cell of an untidy roster: pure functions from what the sheet holds to what it means.

Nothing is lost and nothing invented: the caller keeps the cell as it was, and a cell that can mean two things
is a question, never a guess.
"""
