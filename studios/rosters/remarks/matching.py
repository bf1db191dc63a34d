"""Remarks about a row beside what the register holds."""

SENTENCES = {}
