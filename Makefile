# The commands of this repository; `make` alone lists them.
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3
PORT   ?= 8000

.PHONY: help serve test check bench build fuzz clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

serve: $(VENV)/.run ## Set up, check the lists, show them at http://127.0.0.1:8000
	@$(BIN)/listkeeper check --severity error
	@$(BIN)/listkeeper serve --port $(PORT)

test: $(VENV)/.test ## Set up and run every test
	$(BIN)/pytest -n auto --cov --cov-report=term

check: $(VENV)/.lint ## Format, lint, types, and the lists themselves
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/listkeeper fmt --check
	$(BIN)/listkeeper check

bench: $(VENV)/.bench ## Measure, as ratios within one run
	$(BIN)/python benchmarks/run.py

build: $(VENV)/.run ## Write the whole site as files into site/
	$(BIN)/listkeeper build --out site

fuzz: $(VENV)/.test ## Run the property tests much longer
	$(BIN)/pytest -q -p no:cacheprovider --hypothesis-profile=long

clean: ## Remove the virtual environment and what was built
	rm -rf $(VENV) site build dist

# Each group of dependencies is installed once, and again when what it is told by changes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "listkeeper needs Python 3.11 or later: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Setting up $(VENV), once; this takes about half a minute" >&2
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "no venv module: install it (Debian, Ubuntu: python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt pip

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.bench: $(VENV)/.%: $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
	  --group test --group $*
	@touch $@
