"""The sentences behind the codes of findings."""
