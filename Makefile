# Direktdraht. "make help" explains every target.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_ENV := DIREKTDRAHT_ENV=test DATABASE_URL=postgresql://nobody@/nowhere DIREKTDRAHT_DATA=build/lint-data
# A worker more than processors: some tests wait for processes and browsers.
PYTEST := $(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Every process that a test starts would translate the whole source again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-long test-postgres15 test-pythons lint lint-types lint-style bench screenshots setup-system assets messages locks clean
.DEFAULT_GOAL := help

help: ## show this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: $(VENV)/run-ready ## start the demo city at http://127.0.0.1:8000 (PORT=8123 changes it)
	@exec $(BIN)/direktdraht run --demo --port $(PORT)

test: $(VENV)/dev-ready ## everything CI runs: lint, types, import rules, unit, database, protocol, browser
	$(MAKE) lint
	$(PYTEST)

test-long: $(VENV)/dev-ready ## the same tests in large sizes (TEST_SCALE, default 40)
	TEST_SCALE=$${TEST_SCALE:-40} $(PYTEST)

test-postgres15: $(VENV)/dev-ready ## the tests that ask a database (each page once a role), without browser and processes, on Debian's PostgreSQL 15
	tools/postgres15.sh $(PYTEST) -m "django_db and not browser and not processes" \
	  --ignore tests/pages/test_hostile.py --ignore tests/pages/test_languages.py --ignore tests/pages/test_queries.py

test-pythons: ## the tests on every supported Python that this machine has
	$(PYTHON) -m tools.test_pythons

lint: $(VENV)/dev-ready ## format, lint, types, import rules, templates
	@$(MAKE) --no-print-directory -j 2 -Otarget lint-types lint-style

lint-types:
	$(TEST_ENV) $(BIN)/mypy src tests tools benchmarks

lint-style:
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-logo > build/lint-imports.txt || { cat build/lint-imports.txt; exit 1; }
	$(BIN)/djlint --lint --quiet src

bench: $(VENV)/dev-ready ## measure against a bare Django view; prints a table, writes build/bench.json
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/dev-ready ## the main pages at 1280 and 390 px into build/screenshots
	$(BIN)/pytest -q tests/journeys/screenshots.py

setup-system: ## install browser, PostgreSQL 15 and the independent programs that the tests use (Debian 12, as root)
	apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium postgresql-15 fonts-dejavu-core \
	  openssl poppler-utils libnss3-tools ausweisapp2 xmlsec1 simplesamlphp php-cli php-xml php-mbstring php-curl \
	  dovecot-core dovecot-imapd dovecot-lmtpd

assets: $(VENV)/run-ready ## build styles, fonts, catalogues and static files anew
	rm -f build/assets-ready && $(MAKE) build/assets-ready

messages: $(VENV)/dev-ready ## write new German source texts into the English catalogues
	$(BIN)/python -m tools.messages update

locks: $(VENV)/dev-ready ## compile the hashed lock files from pyproject.toml (needs uv)
	uv pip compile --generate-hashes --universal --no-emit-index-url --no-header --python-version 3.11 -q pyproject.toml --group setup -o requirements/run.txt
	uv pip compile --generate-hashes --universal --no-emit-index-url --no-header --python-version 3.11 -q pyproject.toml --group setup --group dev -c requirements/run.txt -o requirements/dev.txt

clean: ## remove everything made, but never the data folder
	rm -rf $(VENV) node_modules build

$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements/run.txt pyproject.toml | $(VENV)/made
	$(BIN)/pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/run-ready: $(VENV)/installed build/assets-ready
	@touch $@

$(VENV)/dev-ready: requirements/dev.txt $(VENV)/run-ready
	$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/made: package-lock.json | $(VENV)/installed
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-fund --no-audit --loglevel=error
	@touch $@

ASSET_SOURCES := $(shell find src/direktdraht -name '*.css' -o -name '*.po' -o -name '*.js' -o -name '*.svg')
build/assets-ready: node_modules/made tools/build_assets.py $(ASSET_SOURCES)
	$(BIN)/python -m tools.build_assets
	$(BIN)/python -m tools.messages compile
	DIREKTDRAHT_ENV=test $(BIN)/python -m django collectstatic --noinput -v 0 --settings direktdraht.config.settings
	@touch $@
