"""Untidy workbooks as offices send them, each with what an office would demand of its import."""
