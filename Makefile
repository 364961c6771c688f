# make demo   set up what is needed and open the window with a practice gateway inside
# make test   set up what is needed and run every check and test
# make soak   send campaigns under fire for minutes; SOAK_KILLS=1000 SOAK_MINUTES=30 SOAK_SEED=1 say how much
# make pictures   take the pictures of README and guides from the running program
# make bench  measure (docs/benchmarks.md); one of them with ONLY=sending

PYTHON ?= python3
VENV := .venv
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo run test lint soak bench clean pictures texts

demo: $(VENV)/.ready
	@packaging/debian-packages run
	$(VENV)/bin/smsdesk --demo

run: $(VENV)/.ready
	@packaging/debian-packages run
	$(VENV)/bin/smsdesk

test: lint
	$(VENV)/bin/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.dev
	@packaging/debian-packages test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

soak: export SOAK_KILLS ?= 300
soak: export SOAK_MINUTES ?= 4
soak: $(VENV)/.dev
	$(VENV)/bin/python -m pytest tests/soak

BENCHMARKS := importing sending latency million reports heartbeat editing lists pushing inbox exporting figures balance listing starting

bench: $(VENV)/.dev
	@for name in $(or $(ONLY),$(BENCHMARKS)); do $(VENV)/bin/python benchmarks/$$name.py || exit 1; done

# Take the pictures of README and guides anew from the running program.
pictures: $(VENV)/.dev
	@packaging/debian-packages test
	$(VENV)/bin/python docs/make_pictures.py

# Take new texts of the window into the translation; translate them with any editor for Qt's .ts files.
texts: $(VENV)/.dev
	$(VENV)/bin/pyside6-lupdate $$(find smsdesk/ui smsdesk/app.py -name '*.py' | sort) \
	    -ts resources/i18n/smsdesk_zh_CN.ts -locations none -no-obsolete

$(VENV)/bin/python:
	@packaging/debian-packages run
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "SMS Desk needs Python 3.11 or later; name one with: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml
	$(VENV)/bin/pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(VENV)/bin/pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.ready

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
