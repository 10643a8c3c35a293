# Two targets do all the set-up: `make demo` and `make test`. Nothing is needed but Python 3.11 and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
KG := $(VENV)/bin/kg
DEMO := demo-data
EDITOR := src/kg/web/static/yasgui
MADE_FROM := pyproject.toml constraints.txt hatch_build.py editor/package.json editor/package-lock.json
# An install goes on without the query editor where npm cannot be reached, and must not do so in silence.
TELL_IF_MISSING = if test -f $(EDITOR)/missing.txt; then \
  echo "/sparql has no query editor, only a plain form: $$(cat $(EDITOR)/missing.txt). Try again: make editor"; fi

.PHONY: demo setup test lint types docs wheel bench bench-serve quality conformance attack contract editor clean

demo: $(VENV)/.run
	$(KG) ingest data/samples --data $(DEMO)
	@cat docs/demo.txt
	$(KG) serve --data $(DEMO) --port 8000

# All that is needed to ingest, serve and ask, from the command line and from Python.
setup: $(VENV)/.run

test: $(VENV)/.dev
	$(VENV)/bin/pytest

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.dev
	$(VENV)/bin/mypy

docs: $(VENV)/.dev
	$(VENV)/bin/pytest tests/docs -rs

wheel: $(VENV)/.dev
	rm -rf dist
	$(VENV)/bin/python -m build --wheel
	PYTHON=$(CURDIR)/$(VENV)/bin/python .ci/try-wheel dist/*.whl

bench: $(VENV)/.dev
	for file in $(sort $(filter-out bench/bench_quality.py bench/bench_serve.py,$(wildcard bench/bench_*.py))); do \
	  $(VENV)/bin/python $$file || exit 1; done

bench-serve: $(VENV)/.dev
	@test -n "$(CORPORA)" || { echo "Say where the articles are: make bench-serve CORPORA=/path/to/folder; see docs/measuring.md"; exit 1; }
	$(VENV)/bin/python bench/bench_serve.py $(CORPORA)

quality: $(VENV)/.dev
	@test -n "$(CORPORA)" || { echo "Say where the corpora are: make quality CORPORA=/path/to/folder; see docs/quality.md"; exit 1; }
	$(VENV)/bin/python bench/bench_quality.py $(CORPORA)

conformance: $(VENV)/.dev
	@test -n "$(W3C)" || { echo "Say where the tests are: make conformance W3C=/path/to/rdf-tests; see docs/conformance.md"; exit 1; }
	$(VENV)/bin/python bench/conformance.py "$(W3C)" --write --peers $(PEERS)

# The query editor anew, where it could not be fetched before.
editor: | $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(TELL_IF_MISSING)
attack: $(VENV)/.dev
	$(VENV)/bin/python bench/attack.py

contract: $(VENV)/.dev
	$(VENV)/bin/python bench/contract.py

clean:
	rm -rf $(VENV) $(DEMO) .peers dist build

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "kg needs Python 3.11 or newer; set PYTHON to it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(MADE_FROM) | $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[research]'
	@$(TELL_IF_MISSING)
	@touch $@

$(VENV)/.dev: $(MADE_FROM) | $(VENV)/bin/pip
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,research]'
	@$(TELL_IF_MISSING)
	@touch $@ $(VENV)/.run
