# Every target sets up what it needs. Only Python 3.11 or newer and make must be there already.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FUZZ_SECONDS ?= 60
READY  := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1
# One thread per process: the arrays are small, and two tools side by side do not fight for cores.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check types tests notebooks notebooks-rerun lab docs gallery bench fuzz clean

help:  ## show this menu
	@echo "orgnet_analytics: organization networks from survey to report"
	@echo
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY)  ## make .venv with exactly the locked versions

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) with the locked versions (one to two minutes, once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)  ## from a raw survey workbook to brokers, stages and one page in out/
	@mkdir -p out
	@$(BIN)/orgnet describe data/chronic_care/chronische_zorg.xlsx --codebook data/chronic_care/codebook.yaml \
		--facts data/chronic_care/facts.csv --relation referral --by sector --out out/chronic_care.html
	@$(BIN)/orgnet describe knoke --relation information --out out/knoke_information.html
	@$(BIN)/orgnet describe knoke --relation money --out out/knoke_money.html

test: check types tests notebooks docs  ## everything: linter, types, tests, doctests, notebooks, documentation

check: $(READY)  ## linter and formatter, in check mode
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)  ## mypy, strict on the package
	@$(BIN)/mypy

tests: $(READY)  ## unit tests and doctests
	@$(BIN)/python -m pytest --doctest-modules orgnet_analytics tests

notebooks: $(READY)  ## run every notebook and compare it with its stored outputs
	@$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-sanitize-with notebooks/sanitize.cfg \
		--nbval-cell-timeout 120 -p no:cacheprovider -o testpaths= -o addopts= notebooks

notebooks-rerun: $(READY)  ## run every notebook and store its outputs anew
	@$(BIN)/python notebooks/rerun.py

lab: $(READY)  ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab --notebook-dir=notebooks

docs: $(READY)  ## build the documentation in docs/_build, warnings are errors
	@PLOTLY_RENDERER=plotly_mimetype+notebook $(BIN)/python -m sphinx -W -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

gallery: $(READY)  ## render every figure to a picture in out/gallery
	@$(BIN)/python docs/make_gallery.py out/gallery

bench: $(READY)  ## time the measures against named rivals, as ratios
	@$(BIN)/python -m benchmarks

fuzz: $(READY)  ## spoil files for every reader (adds atheris; FUZZ_SECONDS=60 for each group)
	@echo "Adding atheris 3.0.0 to $(VENV): it is not in requirements.lock, as only this target needs it (Linux)."
	@$(BIN)/pip install --quiet --no-deps atheris==3.0.0
	@for group in tables workbooks statistical codebooks graphs; do \
		echo "== $$group: $(FUZZ_SECONDS) s"; \
		$(BIN)/python tests/fuzz/readers.py --seeds $$group out/fuzz/$$group && \
		$(BIN)/python tests/fuzz/readers.py $$group out/fuzz/$$group -max_total_time=$(FUZZ_SECONDS) \
			-max_len=8192 -timeout=30 -verbosity=0 -artifact_prefix=out/fuzz/$$group- || exit 1; \
	done
	@echo "Only DataErrors came out."

clean:  ## remove what was made; the environment stays
	@rm -rf out docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis
