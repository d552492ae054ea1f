# What one can do with this project. `make help` lists it.

PYTHON ?= python3
VENV   := .venv
NEXT   := .venv-next
BIN    := $(VENV)/bin
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-services test-next lighthouse lint format bench bench-search bench-translations content lock clean

help: ## list what one can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(VENV)/.run ## start the site at http://127.0.0.1:8000 (HOST, PORT); Ctrl-C stops it
	@$(BIN)/python -W ignore::UserWarning manage.py serve

test: $(VENV)/.test ## run all tests on SQLite, or on DATABASE_URL and REDIS_URL (ARGS="-k name, ARGS=--reuse-db")
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

test-services: $(VENV)/.test ## run the tests on PostgreSQL and Redis, started if need be
	@deploy/services.sh
	@DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} REDIS_URL=$${REDIS_URL:-redis://127.0.0.1:6379/9} \
		$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not clone" $(ARGS)

test-next: $(NEXT)/.test ## run the tests on Wagtail 8.0.1
	@$(NEXT)/bin/python -m pytest -n 2 --dist loadgroup -m "not browser and not clone" $(ARGS)

lighthouse: $(VENV)/.test ## let Lighthouse see one page of each template in three scripts, as a phone
	@$(BIN)/python -m pytest -n 0 -m lighthouse $(ARGS)

lint: $(VENV)/.test ## check style, imports, migrations, templates and catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet templates */templates
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@DJANGO_SETTINGS_MODULE=clair_site.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=clair_site.settings.test $(BIN)/python manage.py catalogues --check

format: $(VENV)/.test ## put the code into the project's style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: $(VENV)/.test ## measure queries, time and bytes of public pages, as ratios of this run
	@$(BIN)/python -W ignore::UserWarning manage.py bench

bench-search: $(VENV)/.test ## measure search over thousands of pages (ARGS="--pages 5000")
	@$(BIN)/python -W ignore::UserWarning manage.py bench_search $(ARGS)

bench-translations: $(VENV)/.test ## measure translating beside wagtail-localize and Wagtail (ARGS="--pages 20")
	@$(BIN)/python -W ignore::UserWarning manage.py bench_translations $(ARGS)

content: $(VENV)/.test ## bring new source text into the catalogues of content and interface
	@$(BIN)/python manage.py migrate -v0
	@$(BIN)/python manage.py content_catalogues
	@$(BIN)/python manage.py catalogues --update --compile

lock: $(VENV)/.tools ## pin the newest packages that pyproject.toml allows
	@PYTHON=$(BIN)/python UV=$(BIN)/uv deploy/lock.sh

clean: ## remove what was installed and everything that the site has stored here
	@rm -rf $(VENV) $(NEXT) var node_modules tests/checkers/node_modules

# Virtual environments. A stamp says that what its lock file pins is installed.

define make_venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "This needs Python 3.11 or newer; $(PYTHON) is not. Name another with PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@test -w . || { echo "Cannot write to $(CURDIR)."; exit 1; }
	@echo "Preparing a virtual environment in $(1) …"
	@$(PYTHON) -m venv $(1)
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $(1)/.tools
endef

$(VENV)/.tools: requirements-tools.lock
	$(call make_venv,$(VENV))

$(VENV)/.run: $(VENV)/.tools requirements.lock
	@echo "Installing packages (once) …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	@echo "Installing what tests need (once) …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-test.lock
	@touch $@

$(NEXT)/.tools: requirements-tools.lock
	$(call make_venv,$(NEXT))

$(NEXT)/.test: $(NEXT)/.tools requirements-next.lock
	@echo "Installing Wagtail 8.0.1 and what tests need (once) …"
	@$(NEXT)/bin/uv pip install --quiet --python $(NEXT)/bin/python --require-hashes -r requirements-next.lock
	@touch $@
