"""Rows for tests: valid by default, nothing made that was not asked for."""
