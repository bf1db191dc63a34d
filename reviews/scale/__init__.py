"""A made-up country, for measuring: the same plan makes the same rows, and nobody in them exists."""
