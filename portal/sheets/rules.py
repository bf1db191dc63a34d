"""The one table of what a spreadsheet may contain; the reading child, the sentences and the tests read it."""

from portal.files.inspect import Limits
from portal.files.kinds import MEGABYTE

RULES = {
    "bytes": 50 * MEGABYTE,  # of the file
    "inflated": 200
    * MEGABYTE,  # of all parts together; 60,000 × 30 cells with their texts in place are 160 MB
    "parts": 500,
    "sheets": 100,
    "rows": 60_000,
    "columns": 256,
    "cells": 2_000_000,  # of the rectangles that the sheets fill, empty cells included
    "cell_text": 32_767,  # what Excel takes in one cell
    "text": 50_000_000,  # characters in all cells together
    "merges": 60_000,
    "depth": 64,  # of elements in one another
}

# 60,000 × 30 cells take 200 MB and 7 seconds of processor, and their answer is some 60 MB.
READING = Limits(memory=512 * MEGABYTE, cpu=30, output=256 * MEGABYTE, wall=60.0)
# openpyxl holds a whole workbook with all its styles.
REMARKING = Limits(memory=2048 * MEGABYTE, cpu=120, output=128 * MEGABYTE, wall=180.0)
