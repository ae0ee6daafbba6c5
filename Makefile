# The report's parameters; each is checked before anything runs.
AS_OF ?= latest
UNITS ?= imperial
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
# no network, no user's site-packages, no inherited settings of notebooks
export PYTHONNOUSERSITE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help report check audit reproduce lab test lock clean

help:  ## Print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  parameters  AS_OF=YYYY-MM-DD or latest, UNITS=imperial or metric"

$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "dossier needs Python 3.11 or later, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12 report")'
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test-ready: $(VENV)/ready tests/requirements.txt
	@$(BIN)/pip install --quiet --require-hashes -r tests/requirements.txt
	@touch $@

report: $(VENV)/ready  ## Build the report: HTML, PDF and facts.json in reports/
	@$(BIN)/python -m dossier report as_of='$(AS_OF)' units='$(UNITS)' $(PARAMETERS)

check: $(VENV)/ready  ## Check the data against their schema and rules
	@$(BIN)/python -m dossier check

audit: $(VENV)/ready  ## Run the gates on the finished files
	@$(BIN)/python -m dossier audit as_of='$(AS_OF)' units='$(UNITS)'

reproduce: $(VENV)/ready  ## Say whether the committed report is what its sources build
	@$(BIN)/python -m dossier reproduce

lab: $(VENV)/ready  ## Open the chapters in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir=. notebooks

test: $(VENV)/test-ready  ## Run the tests
	@$(BIN)/pytest

lock: $(VENV)/ready  ## Write both locks anew from pyproject.toml
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet --extra measure --extra test -c requirements.txt -o tests/requirements.txt

clean:  ## Remove what is built, but for the committed report and .venv
	@rm -rf .build .building-* reports/notebooks reports/*.as-of-* reports/*.metric.*
