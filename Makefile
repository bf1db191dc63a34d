# The commands of the portal. `make help` lists them.
PYTHON ?= python3
PY = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

setup:  ## .venv with the pinned packages (nothing to do when the lock has not changed)
	@$(PYTHON) deploy/install.py runtime embedded

setup-dev:  ## the same and the tools for tests and lint
	@$(PYTHON) deploy/install.py runtime embedded dev
