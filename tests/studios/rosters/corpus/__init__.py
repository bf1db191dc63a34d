"""Untidy workbooks as offices send them: ``BOOKS[name]()`` is the xlsx file, ``PAGES[name]`` its sheets."""

from tests.studios.rosters.corpus import grouped, headed, listed, marred
from tests.studios.rosters.corpus.pages import workbook

PAGES = {**headed.PAGES, **grouped.PAGES, **listed.PAGES, **marred.PAGES}
BOOKS = {name: (lambda pages=pages: workbook(*pages)) for name, pages in PAGES.items()}
