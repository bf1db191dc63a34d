"""What is known of results apart from any row: the fields of each kind, keys to find the same one again."""
