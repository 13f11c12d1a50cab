# Every command of the project. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A core takes file by file, so that what the tests of a file share is made once.
PARALLEL := --numprocesses auto --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install scale nightly quick test torture changes lint format season golden docs manual audit wheel bench lock clean

help:  ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The same file twice: only as a constraint does a version hold for what asks for a library with extras.
$(READY): constraints.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement constraints.txt --constraint constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

install: $(READY)  ## Make the virtual environment with exactly the tested versions

scale: $(READY)  ## Add what a Dask or a Spark cluster needs (docs/scale.md), in exactly the tested versions
	$(BIN)/python -m pip install --quiet --requirement constraints-scale.txt

nightly: $(READY)  ## Run one night over inputs/ into outputs/
	$(BIN)/huizong nightly

quick: $(READY)  ## Run the tests that take no time: an answer within a minute
	$(if $(filter bench,$(MAKECMDGOALS)),@:,$(BIN)/python -m pytest $(PARALLEL) -m "not slow")

test: $(READY)  ## Run all tests
	$(BIN)/python -m pytest $(PARALLEL)

torture: $(READY)  ## Kill nights before every change, stop them, run two at once, set the clock back; many more examples
	$(BIN)/python -m tests.torture
	HUIZONG_EXAMPLES=25 $(BIN)/python -m pytest $(PARALLEL) -m property

changes: $(READY)  ## Follow every page of docs/changes in a scratch copy, whole and with each step left out
	$(BIN)/python -m tests.changes

lint: $(READY)  ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)  ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

season: $(READY)  ## Make the sample season in inputs/ anew
	$(BIN)/python -m tests.season

golden: $(READY)  ## Write down anew what the night finds in the sample season
	$(BIN)/python -m tests.golden

docs: $(READY)  ## Make the pages in docs/ that come from the code anew
	$(BIN)/python -m tests.documents

manual: $(READY)  ## Make the pictures of the manual anew, with LibreOffice and Chromium
	$(BIN)/python -m tests.manual

audit: $(READY)  ## Ask OSV for known weaknesses of the pinned libraries; says loudly where the network does not let it
	$(BIN)/python -m tests.audit

wheel: $(READY)  ## Make a wheel of the program in dist/
	rm -rf build
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

bench: $(READY)  ## Measure speed and memory, with what one would use instead; `make bench quick` within two minutes
	$(BIN)/python -m pip install --quiet --no-warn-conflicts --target $(VENV)/peers --requirement tests/benchmarks/requirements.txt
	$(BIN)/python -m tests.benchmarks $(filter quick,$(MAKECMDGOALS))

# What a cluster needs besides is pinned beside it, and never moves what is in constraints.txt.
COMPILE := $(VENV)/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade pyproject.toml

lock:  ## Choose the newest versions that fit and write constraints.txt and constraints-scale.txt
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv
	$(COMPILE) --extra dev --output-file constraints.txt
	$(COMPILE) --extra dev --extra dask --extra spark --constraint constraints.txt \
		$$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/--no-emit-package \1/p' constraints.txt) --output-file constraints-scale.txt

clean:  ## Remove the virtual environment and the caches, never outputs
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
