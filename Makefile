# Everything is installed into .venv from the lock files, once, by the targets that need it.
# A text after two # signs is what `make` prints beside the target's name.
# DATA=… has site, pages, serve, check, new, add, tidy and mend work on another data folder than data/.

# PYTHON makes .venv; where there is one already, `make clean` first.
PYTHON ?= python3
FOLDER ?= build/pages
DATA ?=
OUT ?= build/other
SIZES ?= 50 500 2000:2 10000:1
UPGRADE ?=
KIND ?=
ID ?=
FIELDS ?=
REST ?=
SOURCE ?=
TEXT ?=
READ ?=
SEEN ?=
READ_FOR ?=
FILES ?=
WRITE ?=

VENV := .venv
RUN := $(VENV)/bin/python
BUILD := $(RUN) scripts/build.py $(if $(DATA),--data "$(DATA)")
PIP := $(RUN) -m pip -qq --disable-pip-version-check --no-input
# Wheels only, since to build a package runs code that no hash pins.
AS_LOCKED := --require-hashes --only-binary :all:
# uv reads the constraints in pyproject.toml. One version of each package serves every Python
# from 3.11.0 on, so that two people with different Pythons build the same pages.
LOCKING := --quiet --python $(RUN) --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --only-binary :all: --custom-compile-command "make lock" $(UPGRADE)
COMPILE := $(RUN) -m uv pip compile pyproject.toml $(LOCKING)
# A group without the site's own dependencies, for an environment of its own.
COMPILE_GROUP := $(RUN) -m uv pip compile $(LOCKING) --group

# The theme's announcement of a version that this site does not use.
export NO_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site example serve serving check new add tidy mend form pages test test-all publishers audit offline bench sbom lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Of another data folder, both are made in OUT=…, so that site/ and dist/ stay those of data/.
site: $(VENV)/.site ## Build the website in site/ and the offline copy in dist/
	@$(BUILD) site $(if $(DATA),--out "$(OUT)")

example: $(VENV)/.site ## Build the example, a site about another drug, in build/example
	@$(RUN) scripts/build.py --data examples/amoxicillin/data site --out build/example

serve: $(VENV)/.site ## Show the site at a local address and rebuild it at every edit
	@$(BUILD) serve

serving: site ## Copy the website to build/serving, packed for a web server
	@$(RUN) scripts/build.py serving

check: $(VENV)/.site ## Check the data in a second, without building
	@$(BUILD) check

# KIND="study regimen" ID="a b" starts one of each.
# FIELDS='--name "Winter fatigue" --conditions winter-fatigue' fills fields in, and REST="not extracted" all
# others that can be absent.
new: $(VENV)/.site ## Start the file of a record: KIND=study ID=its-name
	@$(BUILD) new $(if $(REST),--rest "$(REST)") "$(KIND)" "$(ID)" $(FIELDS)

# TEXT="abstract.txt" has the sentences that were read, one a line; READ="full text" where they are no abstract.
# SEEN="https://…" is where you saw it: one address or several. READ_FOR="dosage, study results" has the topics on
# which you note all that the sentences say.
add: $(VENV)/.site ## Start a source for each reference of a file: SOURCE=refs.ris
	@$(BUILD) add "$(SOURCE)" $(if $(TEXT),--text "$(TEXT)") $(if $(READ),--read "$(READ)") $(if $(SEEN),--seen "$(SEEN)") \
	  $(if $(READ_FOR),--read-for "$(READ_FOR)")

tidy: $(VENV)/.site ## Delete the comments of started files in which nothing is open
	@$(BUILD) tidy

# FILES="data/studies/a.yml …" mends these alone, and WRITE=1 writes without a question.
mend: $(VENV)/.site ## Rewrite what has one reading in the data: shows a diff, and asks
	@$(BUILD) mend $(if $(WRITE),--write) $(FILES)

# Only a site whose site.yml has the setting `form` needs it. npm fetches it, and the build compares its digest.
form: $(VENV)/.site ## Fetch the editor of the form for records, once, with npm
	@$(RUN) scripts/build.py form

pages: $(VENV)/.site ## Write the generated Markdown to build/pages, or FOLDER=…
	@$(BUILD) pages "$(FOLDER)"

test: $(VENV)/.dev ## Lint, check types, run the tests that need no browser
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -m mypy
	@$(RUN) -m pytest -m "not browser and not slow" --numprocesses auto --dist loadfile

# The others run one after the other: they measure times, fill both cores or kill builds.
test-all: test ## Run every test; needs a Chromium, a Firefox and an nginx
	@CHROMIUM="$$($(RUN) tests/find_chromium.py)" && export CHROMIUM && \
	FIREFOX="$$($(RUN) tests/find_firefox.py)" && export FIREFOX && \
	NGINX="$$($(RUN) tests/find_nginx.py)" && export NGINX && \
	$(RUN) -m pytest -m "browser or slow"

# DATA=… compares the pages of another data folder than that of the tests.
publishers: $(VENV)/.dev $(VENV)-bench/.installed ## Compare our pages with those that other publishers make of them
	@PUBLISHERS=$(VENV)-bench/bin PUBLISHERS_DATA="$(DATA)" $(RUN) -m pytest tests/publish/test_other_publishers.py

# Part of neither tier of tests: it asks a service on the internet, whose answer changes from day to day.
# A version that the service cannot be asked about is a failure too (--strict).
audit: $(VENV)-audit/.installed ## Ask about known weaknesses of every pinned version
	@for lock in requirements*.lock; do echo "$$lock"; $(VENV)-audit/bin/pip-audit \
		--requirement "$$lock" --require-hashes --disable-pip --strict --progress-spinner off || exit 1; done

offline: site $(VENV)/.dev ## Also make the one-page edition as a PDF, in dist/
	@CHROMIUM="$$($(RUN) tests/find_chromium.py)" && export CHROMIUM && \
	for page in dist/*-whole.html; do $(RUN) scripts/tools/print_pdf.py "$$page" "$${page%.html}.pdf" || exit 1; done

bench: site $(VENV)/.dev $(VENV)-bench/.installed ## Measure builds of made-up sites, SIZES="50 500:1"
	@CHROMIUM="$$($(RUN) tests/find_chromium.py)" && export CHROMIUM && \
	$(RUN) bench/run.py --sizes $(SIZES) --others $(VENV)-bench/bin --site site
	@$(RUN) bench/tables.py bench/results.json docs/performance.md

sbom: site ## Write the packages that build the site, as CycloneDX, into dist/
	@PYTHONPATH=scripts $(RUN) scripts/tools/write_sbom.py requirements.lock dist/sbom.cdx.json

# Versions already locked stay as they are, unless pyproject.toml no longer allows them;
# `make lock UPGRADE=--upgrade` takes the newest of everything.
# uv makes the locks and nothing else needs it, so it is installed here and is not locked.
lock: | $(RUN) ## Pin the dependencies of pyproject.toml with hashes
	@$(PIP) install "uv>=0.9"
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(COMPILE) --group bench --constraint requirements.lock --output-file requirements-bench.lock
	@$(COMPILE_GROUP) audit --output-file requirements-audit.lock
	@echo "Wrote requirements.lock and those of the tests, the bench and the audit."

clean: ## Remove what was built and installed
	@echo "Removing site, dist, build, $(VENV) and caches."
	@rm -rf site dist build $(VENV) $(VENV)-audit $(VENV)-bench .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find scripts tests -type d -name __pycache__ -prune -exec rm -rf {} +

# A .venv left over from a Python that is gone starts over.
$(shell [ -x $(RUN) ] || rm -f $(VENV)/.site $(VENV)/.dev)

$(VENV)/.site: requirements.lock | $(RUN)
	@echo "Installing what the site needs (once, about half a minute)…"
	@$(PIP) install $(AS_LOCKED) --requirement $<
	@touch $@

# After .site, so that two installations never write to one folder at once under `make -j`.
$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	@echo "Installing what the tests need (once, about half a minute)…"
	@$(PIP) install $(AS_LOCKED) --requirement $<
	@touch $@

# The bench and the audit have environments of their own, each from its own lock.
$(VENV)-%/.installed: requirements-%.lock | $(RUN)
	@"$(PYTHON)" -m venv --clear $(VENV)-$*
	@$(VENV)-$*/bin/python -m pip -qq --disable-pip-version-check --no-input install \
		$(AS_LOCKED) --requirement $<
	@touch $@

$(RUN):
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "No $(PYTHON) here: install Python 3.11 or newer, or name one: make PYTHON=python3.13 …" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed and $(PYTHON) is older: name another: make PYTHON=python3.13 …" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: install it (Debian, Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
