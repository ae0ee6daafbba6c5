# The report's parameters; each is checked before anything runs.
AS_OF ?= latest
UNITS ?= imperial
PAPER ?= a4
STANDARD ?= a-3a
FORMATS ?= html,pdf
ALLY ?=
SCHEDULER ?=
KEY ?=
ARTICLE ?=
INTO ?=
DAY ?=
EVERY ?= 1
PORT ?=
PYTHON ?= python3

# through the environment, so that no quote in a value reaches the shell
export AS_OF UNITS PAPER STANDARD FORMATS ALLY SCHEDULER KEY PORT EVERY ARTICLE INTO DAY
# what else is given on the command line is a parameter of dossier.toml, or a misspelt one
VARIABLES := AS_OF UNITS PAPER STANDARD FORMATS ALLY SCHEDULER KEY EVERY PORT PYTHON PARAMETERS ARTICLE INTO DAY
GIVEN = as_of="$$AS_OF" units="$$UNITS" paper="$$PAPER" standard="$$STANDARD" formats="$$FORMATS" make="$(VARIABLES) $$MAKEFLAGS"

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python install.py --quiet
# what a build imports is compiled at the set-up, whatever the environment says of bytecode
IMPORTS := import dossier.build.editions, dossier.data.checks, dossier.export.html, dossier.export.pdf, fontTools.ttLib.ttGlyphSet, fontTools.ttLib.tables._c_m_a_p, frictionless.formats, frictionless.portals, frictionless.schemes, matplotlib.pyplot, papermill, slugify
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet
# no network, no user's site-packages, no inherited settings of notebooks
export PYTHONNOUSERSITE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
ALL := pyproject.toml --extra cluster --extra measure --extra page --extra test
PINS := grep -hoE '^[a-z0-9.-]+==[^ ]+'

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help report preview brief briefs editions check audit reproduce sign bench new lab test quick campaign coverage lock outdated release clean

help:  ## Print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  parameters  AS_OF=YYYY-MM-DD or latest, UNITS=imperial or metric, PAPER=a4 or letter, STANDARD=a-3a or a-2a, FORMATS=html,pdf,docx,epub,data,crate"

$(VENV)/ready: requirements.txt pyproject.toml install.py install.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "dossier needs Python 3.11 or later, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12 report")'
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv --clear --without-pip $(VENV)
	@$(INSTALL) --require-hashes -r requirements.txt
	@rm -rf *.egg-info  # an old one here would hide the entry points of the new
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c '$(IMPORTS)'
	@touch $@

$(VENV)/test-ready: $(VENV)/ready tests/requirements.txt
	@$(INSTALL) --require-hashes -r tests/requirements.txt
	@touch $@

report: $(VENV)/ready  ## Build the report: HTML, PDF and facts.json in reports/
	@$(BIN)/python -m dossier report $(GIVEN) $(PARAMETERS)

preview: $(VENV)/ready  ## Show the report in a browser, made anew on every save; PORT= where to
	@exec $(BIN)/python -m dossier preview $(GIVEN) port="$$PORT"

briefs: $(VENV)/ready  ## Build a brief for each ally, and their index, in reports/briefs/
	@$(BIN)/python -m dossier briefs $(GIVEN) $(if $(SCHEDULER),scheduler="$$SCHEDULER")

brief: $(VENV)/ready  ## Build the brief of one ally: make brief ALLY=POL
	@$(if $(ALLY),,echo "name the ally: make brief ALLY=POL" >&2; exit 1)
	@$(BIN)/python -m dossier briefs $(GIVEN) ally="$$ALLY"

editions: $(VENV)/ready  ## Build the report for each day that matters, and what changed between them
	@$(BIN)/python -m dossier editions

check: $(VENV)/ready  ## Check the data against their schema and rules
	@$(BIN)/python -m dossier check

audit: $(VENV)/ready  ## Run the gates on the finished files
	@$(BIN)/python -m dossier audit $(GIVEN)

reproduce: $(VENV)/ready  ## Say whether the committed report is what its sources build
	@$(BIN)/python -m dossier reproduce

sign: $(VENV)/ready  ## Sign what was built, with a key of OpenSSH's: make sign KEY=~/.ssh/id_ed25519
	@$(if $(KEY),,echo "name the key: make sign KEY=~/.ssh/id_ed25519" >&2; exit 1)
	@$(BIN)/python -m dossier sign "$$KEY"

new: $(VENV)/ready  ## Make a dossier of any article: make new ARTICLE=file INTO=folder DAY=2024-07-07
	@$(if $(and $(ARTICLE),$(INTO)),,echo "name the article and the folder: make new ARTICLE=article.txt INTO=../name" >&2; exit 1)
	@$(BIN)/python -m dossier new "$$INTO" "$$ARTICLE" $(if $(DAY),--day "$$DAY")

lab: $(VENV)/ready  ## Open the chapters in JupyterLab, with the settings in .jupyter
	@JUPYTER_CONFIG_PATH=.jupyter $(BIN)/jupyter lab --LabApp.default_url=/lab/tree/$(firstword $(sort $(wildcard notebooks/[0-9]*.ipynb)))

bench: $(VENV)/ready  ## Time this build against the plain way and against none, side by side
	@$(BIN)/python tests/bench.py

test: $(VENV)/test-ready  ## Run the tests
	@$(BIN)/pytest --numprocesses=logical --dist=loadfile --no-loadscope-reorder --durations=10

quick: $(VENV)/test-ready  ## Run what takes seconds: unit tests, examples in docstrings, lint, types
	@$(BIN)/pytest --numprocesses=logical --dist=loadfile --no-loadscope-reorder -m "not build and not browser and not slow"

campaign: $(VENV)/test-ready  ## Run the long tests: faults in the data (one of EVERY=1), forgeries, kills
	@$(BIN)/pytest tests/campaign

lock:  ## Write the locks anew from pyproject.toml
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet uv
	@$(COMPILE) --group install -o install.txt
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) $(ALL) -c requirements.txt -o tests/requirements.txt
	@$(COMPILE) tests/export/crate/requirements.in -o tests/export/crate/requirements.txt

outdated: $(VENV)/ready  ## List the pins of which a newer release fits
	@mkdir -p .build
	@$(COMPILE) --upgrade --no-header --no-annotate $(ALL) -o - | $(PINS) | sort -u > .build/newest
	@$(PINS) requirements.txt tests/requirements.txt | sort -u | comm -13 - .build/newest

coverage: $(VENV)/test-ready  ## Measure the lines and branches of the engine that the tests run
	@$(BIN)/pytest --numprocesses=logical --dist=loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

release: $(VENV)/test-ready  ## Build in dist/ what a release holds: wheel, sdist, the reports of each edition
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .
	@rm -rf *.egg-info
	@$(BIN)/twine check --strict dist/*
	@$(BIN)/python -m dossier editions
	@cp reports/*.html reports/*.pdf reports/*.json dist/

clean:  ## Remove what is built, but for the committed report and .venv
	@rm -rf .build .building-* reports/notebooks reports/briefs* reports/index.html reports/*.as-of-* reports/*.changes-to-* reports/*.metric.* reports/*.letter.* reports/*.a-2a.* reports/*=*
