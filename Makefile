# Every command a person runs. `make help` lists them.

PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
RUN := PORT=$(PORT) $(BIN)/python manage.py
T ?= tests
JOBS ?= 2
F ?=
SOAK_OPERATIONS ?= 1000000
SEED ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check journeys soak bench bench-more bench-rollout screenshots messages lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/.ready node_modules/.ready var/.assets var/.catalogues ## Install everything and build the front end

.venv/.ready: requirements-dev.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: $(PYTHON) is not on PATH (make PYTHON=/path/to/python3.11 …)"; exit 1; }
	@echo "Installing Python packages…"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.ready: package-lock.json .venv/.ready
	@echo "Installing front-end packages…"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

var/.assets: $(shell find src/shared/assets -type f 2>/dev/null) node_modules/.ready
	@echo "Building styles and scripts…"
	@mkdir -p var
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm run --silent build
	@touch $@

var/.catalogues: $(shell find src tenants provisioning -name '*.po' 2>/dev/null) .venv/.ready
	@mkdir -p var
	@$(BIN)/python manage.py messages --compile
	@touch $@

run: setup ## Set up, start database, web and worker with the demo, print the addresses (PORT=8000)
	@$(RUN) up

test: setup ## Run the tests (T=path for a part of them)
ifeq ($(T),tests)
	@# In the order collected: what commits comes after what is undone.
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --no-loadscope-reorder --ignore=tests/journeys tests
	@# A browser beside a busy suite can miss its time: journeys run alone, and what failed gets a second look.
	@$(BIN)/python -m pytest tests/journeys || $(BIN)/python -m pytest tests/journeys --last-failed
else
	@$(BIN)/python -m pytest $(T)
endif

check: setup ## Run every gate: style, types, imports, migrations, settings, templates
	@$(BIN)/python -m tests.architecture.gates

journeys: setup ## Run only the browser journeys
	@$(BIN)/python -m pytest tests/journeys -m journey

soak: setup ## Walk between workspaces at random for long (SOAK_OPERATIONS=1000000, SEED=n repeats a walk, POOL=1)
	@$(BIN)/python -m tests.isolation.walk --operations $(SOAK_OPERATIONS) $(if $(SEED),--seed $(SEED)) $(if $(POOL),--pool)

bench: setup ## Measure what was promised, in five minutes; writes var/bench/latest.json (F=id,id selects)
	@$(BIN)/python -m benchmarks $(if $(F),--only $(F))

bench-more: setup ## Measure what takes longer: imports, dashboards of 20,000 members
	@$(BIN)/python -m benchmarks --more

bench-rollout: setup ## Open TENANTS=n workspaces and measure at 100, 1,000, 5,000, 11,800; goes on where it was cut
	@$(BIN)/python -m benchmarks.rollout --tenants $(or $(TENANTS),1000) $(if $(AGAIN),--again)

screenshots: setup ## Take the README's pictures from the running demo
	@$(BIN)/python -m tests.support.screenshots

messages: setup ## Bring the English catalogues up to date with the sources
	@$(BIN)/python manage.py messages

lock: ## Recompile the hashed locks from pyproject.toml (needs uv)
	@uv pip compile -q pyproject.toml --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements.lock
	@uv pip compile -q pyproject.toml --extra dev -c requirements.lock --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements-dev.lock

clean: ## Remove everything made here, the demo's data included
	@if [ -x $(BIN)/python ]; then $(BIN)/python manage.py database stop >/dev/null 2>&1 || true; DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py database stop >/dev/null 2>&1 || true; fi
	@rm -rf .venv node_modules var src/shared/static/built src/shared/fonts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name '*.mo' -delete
