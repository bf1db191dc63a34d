"""The test suite; `make test` runs all of it, `python -m pytest tests/...` a part."""
