"""Whether a dossier meets the clauses of a rule set: pure functions, no database, no clock, no settings."""
