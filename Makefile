# Every target first makes what it needs, and only what is missing or out of date.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Choose another Python with `make install PYTHON=python3.12`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Options for pip, for instance to take PyTorch from another address: see CONTRIBUTING.md.
PIP_ARGS ?=
# The release that `make lock` pins. It has a build for machines without a GPU.
TORCH := torch==2.13.0

ENV := .venv
BIN := $(ENV)/bin
RUNTIME := $(ENV)/.runtime
DEV := $(ENV)/.dev

EVAL ?= $(wildcard ../shared/data/eval/*.json)
QUESTIONS ?= $(wildcard ../shared/gold/seeds_public.jsonl) tests/quality/seeds.jsonl
TRAIN ?= ../shared/data/train
TRAINED ?= build/training

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export Q

# Installs the packages of a list, which is whole and has the hash of every file, and prints how many
# of them pip has reached.
INSTALL = $(BIN)/python -m pip install $(PIP_ARGS) --require-hashes --no-deps --requirement $(1) \
	2> $(ENV)/pip.log \
	| $(call COUNT,$(1)) || { cat $(ENV)/pip.log; exit 2; }
COUNT = awk -v of=$(words $(shell grep -o '^[^\#].*==' $(1))) \
	'/^Processing/ {sub(".*/", "", $$2); split($$2, part, "-"); $$2 = part[1] "==" part[2]} \
	/^(Collecting|Processing)/ {printf "  %d of %d: %s\n", ++n, of, $$2; fflush()} \
	/^Installing/ {print "  unpacking …"; fflush()}'

.PHONY: ask run index test check lint types imports quality evaluate bench soak fuzz train workspace image \
	install lock help

ask: $(RUNTIME) ## Answer a question: make ask Q="where is the HQ?"
	@$(BIN)/clipping ask -- "$${Q:-}" || [ $$? -eq 1 ]

run: $(RUNTIME) ## Answer in Slack if .env holds its tokens, else in the terminal
	@$(BIN)/clipping run

index: $(RUNTIME) ## Build the library of the articles again
	@$(BIN)/clipping index build

test: $(DEV) ## Run all tests
	$(BIN)/pytest

check: lint types imports test ## Do what CI does

lint: $(DEV) ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV) ## Check types
	$(BIN)/mypy

imports: $(DEV) ## Check that imports point one way
	$(BIN)/lint-imports

quality: $(DEV) ## Ask questions with known answers about seeds/, a handbook, and articles that differ
	@$(BIN)/python -m tests.quality $(QUESTIONS)
	@$(BIN)/python -m tests.quality.conflicts
	@$(BIN)/python -m tests.quality.handbook_report

evaluate: $(DEV) ## Measure answers on question sets in SQuAD format: EVAL="FILE…"
	@$(BIN)/python -m retrieval.evaluation $(EVAL)

bench: $(DEV) ## Measure how fast answers are, and replies in Slack and Discord
	@$(BIN)/python -m tests.bench.answering $(QUESTIONS)
	@$(BIN)/python -m tests.bench.slack
	@$(BIN)/python -m tests.bench.discord

soak: $(DEV) ## Ask on both platforms while one thing after the other breaks: MINUTES=30 SEED=NUMBER
	@$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),30) $(if $(SEED),--seed $(SEED))

fuzz: $(DEV) ## Give whatever reads strangers' words anything there is: MINUTES=10 SEED=NUMBER
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

train: $(DEV) ## Train the reader and the projection again, for hours: TRAIN=FOLDER TRAINED=FOLDER
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) prepare
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) train --steps 4728
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) train --run 2 --begin 1 --rate 2e-4 --steps 8054
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) train --run 3 --begin 1 --begin 2 --rate 6e-5 --steps 3032 --batch 64 --together 4 --dropout 0.1
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) export --of 1 --of 3 --target retrieval/model
	$(BIN)/python -m retrieval.training --data $(TRAIN) --work $(TRAINED) project --target retrieval/model
	$(BIN)/python -m retrieval.training.fitting $(TRAIN)

workspace: $(DEV) ## Open a local Slack in the browser with the bot in it
	@$(BIN)/python -m tests.workspace

image: ## Build the container image
	docker build --tag clipping .

install: $(DEV) ## Install everything, for users and developers, into .venv

$(BIN)/python:
	@echo "Making a Python environment in $(ENV) …"
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it first."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; choose one with PYTHON=…")'
	@$(PYTHON) -m venv $(ENV)

$(RUNTIME): requirements.lock torch.lock pyproject.toml setup.py | $(BIN)/python
	@echo "Installing what Clipping needs (once, some minutes; torch is the largest) …"
	@$(call INSTALL,requirements.lock)
	@echo "  torch …"
	@$(BIN)/python -m pip install --quiet $(PIP_ARGS) --requirement torch.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing its extras, and what its tests need …"
	@$(call INSTALL,requirements-dev.lock)
	@touch $@

# A dry run resolves every version again and installs nothing. pip-compile adds the hashes of all
# files of those releases, for every machine; what is not in the list, it is not asked for.
LOCKER := $(ENV)/locker
RESOLVE = $(BIN)/python -m pip install $(PIP_ARGS) --dry-run --ignore-installed -qq --report $(ENV)/resolved.json $(TORCH)
PINNED = $(BIN)/python -c 'import json, re; \
	found = (each["metadata"] for each in json.load(open("$(ENV)/resolved.json"))["install"]); \
	names = {re.sub("[._]", "-", m["name"].lower()): m["version"].split("+")[0] for m in found}; \
	[print(f"{n}=={v}") for n, v in sorted(names.items()) if n != "clipping"]'
HASHED = $(LOCKER)/bin/pip-compile --quiet --generate-hashes --no-strip-extras --no-annotate --no-header \
	--no-emit-options --unsafe-package torch --allow-unsafe --output-file $(ENV)/hashed.txt $(ENV)/all.in \
	&& awk 'NR == FNR {split($$1, p, "=="); keep[p[1]]; next} \
		/^[^ ]/ {split($$1, p, "=="); n = tolower(p[1]); gsub(/[._]/, "-", n); on = n in keep && n != "torch"} \
		on' $(1) $(ENV)/hashed.txt

$(LOCKER): | $(BIN)/python
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip install --quiet pip-tools

lock: | $(BIN)/python $(LOCKER) ## Pin the newest versions that pyproject.toml allows, with hashes
	@echo "Resolving what Clipping needs …"
	@$(RESOLVE) .
	@$(PINNED) > $(ENV)/run.in
	@echo "Resolving its extras, and what its tests need …"
	@$(RESOLVE) --constraint $(ENV)/run.in '.[dev]'
	@$(PINNED) > $(ENV)/all.in
	@grep --invert-match --line-regexp --fixed-strings --file $(ENV)/run.in $(ENV)/all.in > $(ENV)/dev.in
	@echo "Looking up the hashes of their files (some minutes) …"
	@{ echo "# Written by make lock."; $(call HASHED,$(ENV)/run.in); } > requirements.lock
	@{ echo "# Written by make lock."; echo "--requirement requirements.lock"; \
		$(call HASHED,$(ENV)/dev.in); } > requirements-dev.lock
	@{ echo "# Written by make lock. Not with the hashed lists: CONTRIBUTING.md says why."; \
		echo "$(TORCH)"; } > torch.lock

help: ## List the targets
	@grep --no-filename --extended-regexp '^[a-z]+:.*## ' $(MAKEFILE_LIST) \
		| awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'
