# Everything here starts from a fresh clone: `make help` lists the targets. What is up to date is not made again.
SHELL := bash
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The tools of .venv come first, and nothing of another Python gets into it.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONHOME PYTHONPATH PIP_USER VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export YARN_ENABLE_TELEMETRY := 0
export YARN_ENABLE_PROGRESS_BARS := false
# What needs a browser uses the system's Chromium where there is one (build-tools/with-chromium).
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# Stamps lie inside what they vouch for, so they go when it goes. Folders are inputs too: they tell of deleted files.
PYTHON_READY := .venv/.ready
NODE_READY := node_modules/.ready
UI_READY := ui-tests/node_modules/.ready
PEERS_READY := bench/.peers/.ready
PANEL_READY := math4ml_lab/labextension/package.json
PANEL_SOURCES := $(shell find src style schema ! -path '*__tests__*' ! -name '.*' 2>/dev/null)
# A virtual environment does not survive a move of its folder, nor the end of its Python.
ifneq ($(shell [ -x .venv/bin/python ] && cat .venv/.where),$(CURDIR))
$(shell rm -f $(PYTHON_READY))
endif
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

##@ Use
.PHONY: lab
lab: $(PYTHON_READY) $(PANEL_READY) ## set up, open JupyterLab on the course (ARGS="--no-browser --port 8899")
	jupyter math4ml start course $(AS_ROOT) $(ARGS)

##@ Check
.PHONY: test
test: ## set up, run all tests: lint, types, pytest, jest, browser
	+@build-tools/stages setup lint types pytest jest browser

.PHONY: check
check: ## the fast ones: lint, types, tests without kernel and browser
	+@build-tools/stages lint types pytest-fast jest

.PHONY: lint lint-python lint-panel
lint: lint-python lint-panel ## ruff, eslint, prettier, stylelint
lint-python: $(PYTHON_READY)
	@ruff check
	@ruff format --check
lint-panel: $(UI_READY)
	@jlpm lint:check

.PHONY: types types-python types-panel
types: types-python wire-check types-panel ## mypy, the contract, tsc
types-python: $(PYTHON_READY)
	@mypy
types-panel: $(UI_READY)
	@jlpm tsc
	@jlpm tsc --project ui-tests

.PHONY: pytest
pytest: $(PYTHON_READY) $(UI_READY) ## the tests of the Python side (ARGS="-k name")
	@python -m pytest $(ARGS)

.PHONY: pytest-fast
pytest-fast: $(PYTHON_READY)
	@python -m pytest -m "not kernel and not browser"

.PHONY: jest
jest: $(NODE_READY) ## the unit tests of the front end
	@jlpm test

.PHONY: browser
browser: $(PYTHON_READY) $(PANEL_READY) $(UI_READY) ## the tests in a real JupyterLab (ARGS="-g name")
	@build-tools/browser-tests $(ARGS)

##@ Develop
.PHONY: setup
setup: $(PYTHON_READY) $(PANEL_READY) $(UI_READY) ## only set up; `source .venv/bin/activate` then gives all tools

.PHONY: dev
dev: $(PYTHON_READY) $(PANEL_READY) ## rebuild the front end as you edit (`make lab` in a second terminal)
	jlpm watch

.PHONY: bench
bench: $(PYTHON_READY) $(PEERS_READY) $(PANEL_READY) $(UI_READY) ## measure a check, bare, beside others, in a browser, into bench/ (ARGS="--no-write": only show)
	@build-tools/with-chromium python bench/run.py $(ARGS)

.PHONY: wire
wire: $(PYTHON_READY) $(NODE_READY) ## write wire.schema.json and src/wire.ts from math4ml_lab/wire.py
	python -m math4ml_lab.wire_schema
	jlpm wire

.PHONY: wire-check
wire-check: $(PYTHON_READY) $(NODE_READY)
	@build-tools/check-wire

.PHONY: images
images: $(PYTHON_READY) $(PANEL_READY) $(UI_READY) ## make the pictures of docs/images again; look at them
	@MATH4ML_IMAGES=1 build-tools/browser-tests --project=lab states.spec.ts
	@python build-tools/shrink_images.py docs/images

.PHONY: clean
clean: ## remove all that make made, but never course/: that is yours
	rm -rf .venv node_modules ui-tests/node_modules lib math4ml_lab/labextension coverage dist
	rm -rf bench/.peers .mypy_cache .pytest_cache .ruff_cache .eslintcache .stylelintcache
	rm -rf ui-tests/test-results ui-tests/playwright-report

.PHONY: help
help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# -- What the targets above need ---------------------------------------------------------------------------
$(PYTHON_READY): pyproject.toml package.json install.json build-tools/setup-python $(wildcard jupyter-config/*/*.json)
	@build-tools/check-node
	@build-tools/setup-python .venv
	@touch $@

$(NODE_READY): package.json yarn.lock .yarnrc.yml | $(PYTHON_READY)
	@build-tools/check-node
	@build-tools/install-packages .
	@touch $@

$(UI_READY): ui-tests/package.json ui-tests/yarn.lock | $(NODE_READY)
	@build-tools/install-packages ui-tests
	@touch $@

# The others get an environment of their own: they bring other versions of what we use.
$(PEERS_READY): bench/peers.txt | $(PYTHON_READY)
	@echo "Installing otter and nbgrader"
	@rm -rf $(@D)
	@python -m venv $(@D)
	@$(@D)/bin/python -m pip install -qq -r $<
	@touch $@

$(PANEL_READY): $(PANEL_SOURCES) $(wildcard tsconfig*.json) package.json $(NODE_READY)
	@echo "Building the front end"
	@jlpm build
	@touch $@
