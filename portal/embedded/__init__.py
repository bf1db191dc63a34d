"""One process that runs the whole portal on one machine: `make run`. Knows nothing of the Django apps."""
