# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ARCHIVE ?= links.yaml
FUZZ_S ?= 60
MUTANTS ?=
KEEP ?=

.PHONY: run setup test check coverage fuzz bench mutate format clean tools browser

run: .venv/ready
	$(BIN)/link-drift serve $(ARCHIVE)

setup: .venv/ready

test: check browser
	$(BIN)/python -m pytest

check: .venv/ready-for-tests node_modules/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	npx --no-install tsc
	node --test tests/js/

# The branches that tests without a browser take. Not part of `make test`: on Python 3.11,
# which cannot watch itself, tests/app took 144 s of processor time instead of 66.
coverage: .venv/ready-for-tests
	$(BIN)/coverage run -m pytest --ignore tests/browser
	$(BIN)/python -m tests.branches

# Hostile input for every parser, a minute in all; FUZZ_S sets the seconds.
fuzz: .venv/ready-for-tests
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_S)

bench: .venv/ready-for-tests
	$(BIN)/python bench/tick.py
	$(BIN)/python bench/even.py
	$(BIN)/python bench/related.py
	$(BIN)/python bench/archive.py
	$(BIN)/python bench/memory_kill.py
	$(BIN)/python bench/wire_cost.py
	$(BIN)/python bench/wire_seeds.py

# Takes long, and is no part of `test`. MUTANTS='app.lucky.*' confines it. Verdicts of a run
# before are thrown away, for they would outlive a change of the tests; KEEP=1 adds to them.
# The plugin left out collects garbage five times a run: half the time of a quick test.
# The first, small package makes mutmut note which test runs through which function.
MUTMUT = HYPOTHESIS_PROFILE=few PYTEST_ADDOPTS='-p no:unraisableexception' \
  $(BIN)/mutmut run --max-children 2
mutate: .venv/ready-to-mutate node_modules/ready
	$(if $(KEEP),,rm -rf mutants)
	$(MUTMUT) 'app.web.gate.*'
	$(BIN)/python bench/mutants.py --own-tests
	$(MUTMUT) $(MUTANTS)
	$(BIN)/python bench/mutants.py
	npm run --silent mutate

format: .venv/ready-for-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv node_modules tests/mutate/node_modules mutants dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz .coverage

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	touch $@

.venv/ready-for-tests: .venv/ready
	$(PIP) --editable '.[test]'
	touch $@

.venv/ready-to-mutate: .venv/ready-for-tests
	$(PIP) --editable '.[mutate]'
	touch $@

node_modules/ready: package.json package-lock.json | tools
	npm ci --silent --no-audit --no-fund --ignore-scripts
	touch $@

# Debian's packages, where the machine lacks them.
tools:
	@command -v node >/dev/null && command -v npm >/dev/null || $(call debian,nodejs npm)
	@command -v curl >/dev/null || $(call debian,curl)

browser:
	@command -v chromium >/dev/null || $(call debian,chromium)

define debian
{ echo "installing $(1)"; apt-get update -qq && apt-get install -y -qq $(1) >/dev/null \
  || { echo "please install: $(1)" >&2; exit 1; }; }
endef
