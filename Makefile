# What one can do here; `make help` lists it. All paths are relative, so the folder's own may hold spaces, and no
# script of .venv/bin is called, because their first lines do not bear spaces.

PORT ?= 8000
DATA_DIR ?= var/
PYTEST_ARGS ?=
export PORT DATA_DIR

# The first interpreter that is new enough; name another with `make PYTHON=…`.
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
INSTALL = $(or $(PYTHON),$(error Kintsugi needs Python 3.11 or newer, and found none)) requirements/install.py

PY := .venv/bin/python
MANAGE := $(PY) manage.py
AS_PRODUCTION := $(PY) -m tests.environment.settings

# Each worker has a database of its own; tests that share one resource say so with xdist_group.
PYTEST := $(PY) -m pytest -n logical --maxprocesses 4 --dist loadgroup

.DEFAULT_GOAL := help
BENCH_ARGS ?=
.PHONY: help run test soak bench check fix schema lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | while IFS='	' read -r name words; do \
		printf '  make %-8s %s\n' "$$name" "$$words"; done
	@printf '\n  PORT=%s DATA_DIR=%s PYTEST_ARGS=%s\n' "$(PORT)" "$(DATA_DIR)" "$(PYTEST_ARGS)"

run: ## install, migrate, load the demo into an empty database, serve on PORT
	@$(INSTALL) run
	@exec env DEMO="$${DEMO:-true}" $(MANAGE) up

test: ## every test, on SQLite and on PostgreSQL
	@$(INSTALL) dev
	@sqlite=0; postgresql=0; \
	KINTSUGI_TEST_DATABASE=sqlite $(PYTEST) $(PYTEST_ARGS) || sqlite=$$?; \
	KINTSUGI_TEST_DATABASE=postgresql $(PYTEST) --ignore=tests/environment $(PYTEST_ARGS) || postgresql=$$?; \
	for result in "SQLite $$sqlite" "PostgreSQL $$postgresql"; do \
		case $$result in \
			*" 0") echo "$${result% *}: passed" ;; \
			*" 1") echo "$${result% *}: failed" ;; \
			*" 4") echo "$${result% *}: not run, for the reason that pytest gave above" ;; \
			*" 5") echo "$${result% *}: no test ran" ;; \
			*) echo "$${result% *}: ended early, pytest's exit status is $${result##* }" ;; \
		esac; \
	done; \
	[ "$$sqlite$$postgresql" = 00 ]

SOAK ?= 20
SOAK_SITE ?= var/soak
soak: ## what takes long: load, memory and made-up requests SOAK times as long, and plans of a large site (docs/performance.md)
	@$(INSTALL) dev
	@KINTSUGI_SOAK=$(SOAK) $(MAKE) --no-print-directory test PYTEST_ARGS="tests/load tests/scale tests/fuzz tests/articles/machine tests/comments/desk/test_undo.py $(PYTEST_ARGS)"
	@$(PY) -m tests.scale --site $(SOAK_SITE)

bench: ## measure the service beside its own limits, on SQLite and on PostgreSQL (BENCH_ARGS, docs/performance.md)
	@$(INSTALL) dev
	@$(PY) -m benchmarks $(BENCH_ARGS)

check: ## what CI asks of the code: lint, types, imports, migrations, settings, schema, locks
	@$(INSTALL) dev
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

CHECKS := check-lint check-types check-imports check-migrations check-settings check-schema check-locks
.PHONY: $(CHECKS)

check-lint:
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet

check-types:
	@$(AS_PRODUCTION) -m mypy

check-imports:
	@$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo

check-migrations:
	@$(AS_PRODUCTION) manage.py makemigrations --check --dry-run

check-settings:
	@$(AS_PRODUCTION) manage.py check --deploy --fail-level WARNING

check-schema:
	@fresh=$$(mktemp) && trap 'rm -f "$$fresh"' EXIT && \
	$(AS_PRODUCTION) manage.py spectacular --validate --fail-on-warn --file "$$fresh" && \
	{ diff -u openapi.yaml "$$fresh" || { echo "openapi.yaml is not what the code says: make schema"; exit 1; }; }

check-locks:
	@$(PY) -m requirements.check

fix: ## format, and mend what the linter can mend
	@$(INSTALL) dev
	@$(PY) -m ruff format
	@$(PY) -m ruff check --fix

schema: ## write openapi.yaml from the code
	@$(INSTALL) dev
	@$(AS_PRODUCTION) manage.py spectacular --validate --fail-on-warn --file openapi.yaml

LOCKING = pip compile pyproject.toml --quiet --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-annotate --no-header --no-emit-index-url $(LOCK_ARGS)
lock: ## write requirements/*.txt from pyproject.toml; LOCK_ARGS=--upgrade takes the newest
	@$(INSTALL) dev
	@$(PY) -m uv $(LOCKING) --group dev --output-file requirements/dev.txt
	@$(PY) -m uv $(LOCKING) --constraint requirements/dev.txt --output-file requirements/run.txt
	@$(PY) -m requirements.check

clean: ## remove .venv and every cache, but no data
	@rm -rf .venv .venv.lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
