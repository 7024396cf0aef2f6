# Everything a person needs: `make run` and `make test`. The other targets are for people who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The index address and the like stay the machine's own business: nothing of it is written into the locks.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --build-deps-for editable

# Rooms whose tests start no server, no browser and no child process.
QUICK := tests/test_architecture.py tests/test_docs.py tests/golden tests/search/analysis tests/search/query tests/search/engines \
	tests/search/citations tests/search/quotes tests/indexer/layout tests/indexer/marking tests/indexer/corpus tests/contract/test_readers.py

# Tests run on all cores, at most four; a core that has none left takes from the others.
PARALLEL := -n auto --maxprocesses 4 --dist worksteal

.PHONY: help install model run test quick coverage check tsc scripts bench lock digests contract-whoosh3 clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("findings needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

model: $(VENV)/.run  ## the sentence model, where it is not there yet; without it passages are found by their words
	$(BIN)/findings model

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.txt
	touch $@

install: $(VENV)/.dev model  ## everything into .venv: what runs and what tests need

run: $(VENV)/.run model  ## index the corpus that is shipped, then serve it on http://127.0.0.1:8360
	$(BIN)/findings index || test $$? -eq 3
	$(BIN)/findings serve

test: $(VENV)/.dev model check  ## checks and all tests
	$(BIN)/python -m pytest $(PARALLEL)

quick: $(VENV)/.dev check  ## checks, units and contracts without servers and browser: before each commit
	$(BIN)/python -m pytest $(PARALLEL) $(QUICK)

coverage: $(VENV)/.dev  ## which lines of search/ and indexer/ their tests do not reach
	$(BIN)/python -m pytest $(PARALLEL) tests/search tests/indexer tests/contract tests/golden \
		--cov=search --cov=indexer --cov-branch --cov-report=term-missing:skip-covered

check: $(VENV)/.dev  ## style, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

TSC := build/typescript/package/lib/tsc.js
TSC_VERSION := 5.9.3
TSC_DIGEST := 10e108c9cf7d5f2879053dff18515fb405abf2ccef63eaaf017d9c571687a1d3

$(TSC):  # the compiler as its publisher packs it, checked by its digest; it needs node to run and npm to come
	mkdir -p build/typescript
	cd build/typescript && npm pack --silent typescript@$(TSC_VERSION) && echo "$(TSC_DIGEST)  typescript-$(TSC_VERSION).tgz" | sha256sum -c --quiet
	tar xzf build/typescript/typescript-$(TSC_VERSION).tgz -C build/typescript

tsc: $(TSC)

scripts: $(TSC)  ## types of the browser's scripts, which stand in their comments (needs node and npm)
	node $(TSC) -p jsconfig.json

bench: $(VENV)/.dev  ## speed and memory beside peers; prints ratios
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.fidelity
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.quotes

lock: $(VENV)/.dev  ## writes both lock files anew
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

digests: $(VENV)/.dev  ## makes the PDF, Word and slide digests below corpus/ anew from digests/
	$(BIN)/python -m digests.typeset
	$(BIN)/python -m digests.word
	$(BIN)/python -m digests.slides

contract-whoosh3: $(VENV)/.dev  ## the engine's contract test with whoosh3 in the place of whoosh-reloaded
	$(PYTHON) -m venv build/whoosh3
	build/whoosh3/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.txt
	build/whoosh3/bin/python -m pip uninstall --quiet --yes whoosh-reloaded
	build/whoosh3/bin/python -m pip install --quiet --no-deps whoosh3==3.54.0
	build/whoosh3/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	build/whoosh3/bin/python -m pytest tests/contract/test_engine_matches.py tests/contract/test_arrays_scores.py tests/search

clean:  ## removes what was built and installed (never the corpus)
	rm -rf $(VENV) build index/generations index/cache index/CURRENT
