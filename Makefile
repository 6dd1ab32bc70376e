# Everything here works on a fresh machine with Python >= 3.11 and make; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: install demo test check bench soak clean lock translations system bench-nightly

install: $(READY)

$(READY): requirements/test.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	$(BIN)/python -m compileall -q core tui simulator $(VENV)/lib || true
	touch $@

demo: install
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/koppeldesk demo; else $(BIN)/koppeldesk demo --headless; fi

test: install check
	@sh tests/system-packages.sh
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not soak"

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/lint-imports
	$(BIN)/mypy

.PHONY: bench-ssh bench-nightly
bench-ssh: install
	$(BIN)/python -m tests.bench.ssh

.PHONY: bench-world
bench-world: install
	$(BIN)/python -m tests.bench.world

.PHONY: bench-desk
bench-desk: install
	$(BIN)/python -m tests.bench.desk

lock:
	cd requirements && for part in run test bench; do \
	  uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-header --no-emit-index-url $$part.in -o $$part.txt; done

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build *.egg-info

bench-nightly: install
	$(BIN)/python -m tests.bench.nightly $(SCHOOLS)

.PHONY: bench-wire
bench-wire: $(VENV)/.bench
	$(BIN)/python -m tests.bench.wire

$(VENV)/.bench: $(READY) requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

.PHONY: bench-simulator
bench-simulator: install
	$(BIN)/python -m tests.bench.simulator
