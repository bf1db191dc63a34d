# The commands of the portal. `make help` lists them.
PYTHON ?= python3
PY = .venv/bin/python
MANAGE = $(PY) -m tests.cluster $(PY) manage.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run manage demo-reset test check lint format bench bench-rosters lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## start the portal with everything it needs; Ctrl-C stops it (PORT=8010 ADDRESS=0.0.0.0 PORTAL_HOME=folder)
	@$(PY) -m portal.embedded --end-with-parent

test: setup-dev ## run the whole suite, browser included (needs a Chromium; as root on Debian it installs one)
	@$(PY) -m tests

check: setup-dev lint ## format, lint, layers, migrations, translations, then the whole suite
	@$(PY) -m tests

lint: setup-dev
	@$(PY) -m ruff format --check --quiet . || (echo "Some files are not formatted: make format"; exit 1)
	@$(PY) -m ruff check --quiet .
	@$(PY) .venv/bin/lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=portal.settings_test $(MANAGE) makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=portal.settings_test $(MANAGE) check_translations

format: setup-dev ## write the code in the house's format
	@$(PY) -m ruff format --quiet . && $(PY) -m ruff check --quiet --fix .

bench: setup-dev ## measure the pages that matter against the bare limit
	@$(PY) -m tests.cluster $(PY) -m bench

bench-rosters: setup-dev ## measure rosters on a made-up country (STUDIOS=200000; some ten minutes and 3 GB of disk)
	@$(PY) -m tests.cluster $(PY) -m bench.rosters --studios $(or $(STUDIOS),200000)

manage: setup ## a manage.py command beside the running portal: make manage CMD="shell"
	@$(PY) -m portal.embedded.manage $(CMD)

demo-reset: setup ## throw away the embedded data; the next run loads the demonstration city anew
	@$(PY) -m portal.embedded.reset

setup: ## .venv with the pinned packages (nothing to do when the lock has not changed)
	@$(PYTHON) deploy/install.py runtime embedded

setup-dev: ## the same, and the tools for tests and lint
	@$(PYTHON) deploy/install.py runtime embedded dev

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(if $(UPGRADE),--upgrade)

lock: ## write the lock anew from pyproject.toml (needs uv; UPGRADE=1 takes newer versions)
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(LOCK) --group pyproject.toml:embedded -c requirements/runtime.txt -o requirements/embedded.txt
	@$(LOCK) --group pyproject.toml:dev -c requirements/runtime.txt -o requirements/dev.txt

clean: ## remove .venv and caches; the data in var/ stays
	rm -rf .venv .ruff_cache .pytest_cache .hypothesis .import_linter_cache
