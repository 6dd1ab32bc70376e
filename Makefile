# Everything here works on a fresh machine with Python >= 3.11 and make; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RIVALS := $(VENV)/.rivals

.PHONY: install demo test check bench soak screenshots walk translations lock clean

install: $(VENV)/.ready

$(VENV)/.ready: requirements/test.txt pyproject.toml $(wildcard core/locale/*/*/*.po)
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/test.txt
	$(PIP) --no-build-isolation --no-deps -e .
	$(BIN)/pybabel --quiet compile --directory core/locale --domain koppeldesk
	$(BIN)/python -m compileall -q core tui simulator $(VENV)/lib || true
	touch $@

demo: install
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/koppeldesk demo; else $(BIN)/koppeldesk demo --headless; fi

test: install check
	@sh tests/system-packages.sh
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not soak and not browser"
	$(BIN)/python -m pytest -q -m "browser and not soak"

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/lint-imports
	$(BIN)/mypy

# Long fault campaigns: kills, mutated messages, hostile clients. Not part of `make test`.
soak: install
	$(BIN)/python -m pytest -q -m soak --timeout 7200

# Ratios side by side in one run; each also alone: make bench-wire, bench-matching, bench-review, …
BENCHES := wire matching review imports desk simulator world ssh nightly
bench: $(BENCHES:%=bench-%)

bench-%: $(RIVALS)
	$(BIN)/python -m tests.bench.$* $(ARGS)

# Other libraries, for comparison only.
$(RIVALS): $(VENV)/.ready requirements/bench.txt
	$(PIP) --require-hashes -r requirements/bench.txt
	touch $@

screenshots: install
	$(BIN)/python docs/screenshots.py

# The pictures of docs/activation.md and docs/scenarios.md, taken while tests walk the activation and play all scenarios.
walk: install
	WALK_PICTURES=docs/activation $(BIN)/python -m pytest -q tests/e2e/test_activation_walk.py
	WALK_SCENARIOS=docs/scenarios.md $(BIN)/python -m pytest -q -m soak tests/e2e/test_scenarios_walk.py --timeout 300

# Take new texts into the English catalogue; translate what is empty in it afterwards.
translations: install
	$(BIN)/python -m babel.messages.frontend --quiet extract --mapping core/locale/babel.cfg --no-location --sort-output --no-wrap --project koppeldesk --keywords _ --keywords N_ --keywords ngettext:1,2 \
	  --output core/locale/koppeldesk.pot core tui fixtures/scenarios
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --no-wrap --ignore-pot-creation-date --ignore-obsolete --domain koppeldesk \
	  --input-file core/locale/koppeldesk.pot --output-dir core/locale --locale en
	rm core/locale/koppeldesk.pot

lock:
	cd requirements && for part in run test bench; do \
	  uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-header $$part.in -o $$part.txt; done

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build *.egg-info
