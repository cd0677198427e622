# Every command of the project. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
CONTENT := fixtures/green-skills
TEMPLATES := $(shell git ls-files 'frontend_templates/*.html' 'frontend_templates/*.txt' 2>/dev/null)
SOURCES := lms modules quizzes api tests requirements manage.py
# A production-like environment for Django's own deployment checks. Nothing in it is used anywhere.
PRODUCTION_LIKE = env LMS_PRODUCTION=1 LMS_BASE_URL=https://learn.example.org LMS_EMAIL_URL=smtp://mail.example.org:587?tls=true \
	LMS_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') LMS_DATA_DIR=$$(mktemp -d)

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock content floors schema messages installed installed-for-tests

help:  ## these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

installed:
	@$(PYTHON) requirements/install.py run

installed-for-tests:
	@$(PYTHON) requirements/install.py test

run: installed  ## set everything up and serve at http://127.0.0.1:8000/
	@exec $(BIN)/python manage.py serve

test: installed-for-tests  ## the whole suite: SQLite, PostgreSQL, real servers, real Chromium
	@$(BIN)/python -m tests.harness.suite

check: installed-for-tests  ## formatting, lint, types, floors, content, schema, migrations, deployment
	$(BIN)/ruff format --check --quiet $(SOURCES)
	$(BIN)/ruff check --quiet $(SOURCES)
	@$(if $(TEMPLATES),$(BIN)/djade --check $(TEMPLATES))
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION_LIKE) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(MAKE) --no-print-directory content
	$(BIN)/python manage.py spectacular --validate --fail-on-warn | diff -u api/schema.yml -

content: installed  ## read the content package and print every problem with file and line
	$(BIN)/python manage.py check_package $(CONTENT)

bench: installed-for-tests  ## measure, and write bench-results.md with ratios
	@$(BIN)/python -m tests.bench

schema: installed  ## write the API's published document, api/schema.yml
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file api/schema.yml

messages: installed  ## bring the interface catalogues up to date with the sources; prints what needs a translator
	$(BIN)/python manage.py update_catalogues

floors: installed-for-tests  ## print the house, and check that imports only go down
	@$(BIN)/python -m tests.architecture.floors
	@$(BIN)/lint-imports --no-cache

lock:  ## renew requirements/*.txt from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH."; exit 1; }
	uv pip compile pyproject.toml $(LOCK) --output-file requirements/run.txt
	uv pip compile pyproject.toml --group test $(LOCK) --output-file requirements/test.txt

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
