# Everything a person does here. `make run` needs Python 3.11+ and nothing else.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STACK ?= patchbay
LIMITS ?= 1

.DEFAULT_GOAL := help
.PHONY: help install run stop reset test test-fast format lint types template check bench measured sim report build audit deploy undeploy lock new-channel clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

install:
	@infra/install.sh

run: install  ## the whole contact centre on this machine (PATCHBAY_PORT, default 8000); Ctrl-C stops it
	@exec $(BIN)/patchbay up

stop: install  ## stop a running centre
	@$(BIN)/patchbay stop

reset: install  ## stop it and forget everything it stored
	@$(BIN)/patchbay stop >/dev/null 2>&1 || true
	@rm -rf .patchbay && echo "The local centre's data is gone; make run starts with a new one."

# One process for each core; a file's tests stay together, as they share what they started.
PARALLEL = --numprocesses auto --dist loadfile

# A browser on a machine that is busy with other things may be too slow once; what fails twice is wrong.
test: install  ## all tests, on all cores; then the pages in a real browser, where there is one
	@$(BIN)/pytest $(PARALLEL) --ignore tests/browser
	@$(BIN)/pytest $(PARALLEL) tests/browser || { test $$? = 1 && echo "Once more, one at a time:" && $(BIN)/pytest --last-failed --last-failed-no-failures none tests/browser; }

test-fast: install  ## the rules and the channels, without the embedded AWS: for in between
	@$(BIN)/pytest $(PARALLEL) -m 'not embedded and not bundle' tests/unit tests/channels tests/contract

format: install  ## let ruff lay out the code
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

lint: install
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .

types: install
	@$(BIN)/mypy

template: install  ## what cfn-lint, SAM, checkov, parliament and our own tests say of the template
	@infra/install.sh .venv-template requirements/template.txt
	@$(BIN)/python -m infra.opinions
	@$(BIN)/pytest -q --durations=0 tests/integration/test_template*.py tests/integration/test_alarms.py -k 'not cfn_lint'

check: lint types test  ## layout, lint, types, tests (the template's among them): green before a push

sim: install  ## the matching against queueing theory and other orders, at full size; prints a table (10 minutes)
	@SIM=full $(BIN)/pytest -p no:logging --durations=0 -s tests/simulation tests/unit/routing/test_match.py

bench: install  ## measure, and fail past the limits (LIMITS=2 doubles them)
	@BENCH_LIMITS=$(LIMITS) $(BIN)/pytest -o python_files='bench_*.py' -o python_functions='bench_*' -p no:logging --durations=0 -s tests/bench

measured: install  ## measure, and write docs/measured.md
	@BENCH_TABLES=build/bench $(MAKE) --no-print-directory bench
	@BENCH_TABLES=build/bench $(BIN)/python -m tests.bench.together > docs/measured.md

report: install  ## write yesterday's and today's report tables, and say where
	@$(BIN)/patchbay report

build: install  ## the artifacts for AWS (python3.13, arm64) in build/
	@$(BIN)/patchbay build

audit: install  ## look for known weaknesses in the packages (needs a network)
	@infra/install.sh .venv-audit requirements/audit.txt
	@$(BIN)/patchbay audit

deploy: build  ## deploy to your AWS account (STACK=patchbay SET="Parameter=value …"); says what it costs and asks first
	@infra/install.sh .venv-sam requirements/sam.txt
	@$(BIN)/patchbay deploy --stack $(STACK) $(addprefix --set ,$(SET))

undeploy: install  ## take it off AWS again (STACK=patchbay); says what is kept and how to delete it
	@$(BIN)/patchbay undeploy --stack $(STACK)

LOCK = uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11
lock:  ## pin requirements/*.in anew into *.txt (needs uv and a network; UPGRADE=--upgrade takes newer ones)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@set -e; cd requirements; \
	for name in dev sam audit template; do $(LOCK) $(UPGRADE) $$name.in --output-file $$name.txt; done; \
	for name in webhook worker exporter email; do $(LOCK) $(UPGRADE) --constraint dev.txt $$name.in --output-file $$name.txt; done; \
	$(LOCK) $(UPGRADE) --no-deps --constraint dev.txt staff.in --output-file staff.txt

new-channel: install  ## lay out functions/channels/NAME: make new-channel NAME=line
	@$(BIN)/patchbay new-channel $(NAME)

clean:  ## remove everything that was made here, local data and environments included
	@if [ -x $(BIN)/patchbay ]; then $(BIN)/patchbay stop >/dev/null 2>&1 || true; fi
	@rm -rf .venv .venv-sam .venv-audit .venv-template .venv*.log .patchbay build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .aws-sam
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
