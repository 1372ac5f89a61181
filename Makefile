# The short task list. `make demo` and `make test` are all that a newcomer needs.

PYTHON ?= python3
BIN := .venv/bin
SOURCES := src tests benchmarks studies training

.PHONY: help demo test lint format types bench bench-long docs picture lock clean

help:  ## Say what there is to do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Masthead needs Python 3.11 or later")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: .venv/run  ## Make the fictional press, survey it, write a dossier
	$(BIN)/masthead demo demo

test: .venv/dev  ## Set up the rest and pass the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/dev  ## Run the linters
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev  ## Format the code
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: .venv/dev  ## Print speed and memory as ratios
	$(BIN)/python -m benchmarks

bench-long: .venv/dev  ## The same, up to 1,000,000 made-up articles
	$(BIN)/python -m benchmarks --long

docs: .venv/dev  ## Write the pages that are generated from the code
	$(BIN)/python docs/generate.py

picture: .venv/dev demo  ## Draw the README's picture from the demo's dossier (needs Chromium)
	$(BIN)/python docs/picture.py

lock:  ## Resolve the requirements anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--no-annotate --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--no-annotate --group build --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:  ## Remove what the tasks made
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
