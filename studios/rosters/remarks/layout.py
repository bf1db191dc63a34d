"""Remarks about rows and columns of a sheet."""

SENTENCES = {}
