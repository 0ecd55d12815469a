# Everything a person or CI does here. `make run` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DESK := .venv/.desk
DESK_TESTS := .venv/.desk-tests
OUT ?= out
LINE ?= 5.26
DEVICE ?= cpu

.DEFAULT_GOAL := help
.PHONY: help setup run test test-desk neo4j lint fmt eval train bench docs pictures licences wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## install kg and its tools into .venv

$(STAMP): pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" bash scripts/setup.sh
	@touch $@

run: $(STAMP) ## build the graph of the sample articles
	$(BIN)/kg build seeds/articles -o $(OUT)

test: $(STAMP) ## all tests; ARGS="-k repair" passes options to pytest
	$(BIN)/pytest $(ARGS)

$(DESK): $(STAMP) scripts/desk/setup.sh
	@bash scripts/desk/setup.sh
	@touch $@

$(DESK_TESTS): $(DESK)
	@bash scripts/desk/setup.sh chromium fonts-noto-cjk
	@touch $@

test-desk: $(DESK_TESTS) ## with real Neo4j servers, Browser and Gephi; ARGS= as above
	$(BIN)/pytest -m desk tests/desk $(ARGS)

pictures: $(DESK_TESTS) ## make the pictures of the docs anew
	KG_UPDATE_PICTURES=1 $(BIN)/pytest -m "desk or notebooks" tests/desk tests/test_notebooks.py -k "picture or draws or docs_show"

neo4j: $(DESK) ## Neo4j Browser with the sample graph, until Ctrl-C; OUT=FOLDER for a graph of yours, LINE=2026
	@[ -f $(OUT)/nodes.jsonl ] || $(BIN)/kg build seeds/articles -o $(OUT) --quiet
	@$(BIN)/python -m scripts.desk.neo4j_desk $(OUT) --line $(LINE)

lint: $(STAMP) ## style, types, layers, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

fmt: $(STAMP) ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(STAMP) ## scores on the project's own gold set, against their floors
	$(BIN)/kg eval

train: $(STAMP) ## make the learned reader anew (hours on two cores; DEVICE=cuda: minutes)
	@DEVICE="$(DEVICE)" bash training/train.sh

bench: $(STAMP) ## speed and memory; CORPUS=FILE for another corpus than the sample
	$(BIN)/python benchmarks/throughput.py $(CORPUS)

docs: $(STAMP) ## write docs/cli.md anew from the commands
	$(BIN)/python scripts/make_docs.py

licences: $(STAMP) ## every shipped data file has a source, a date and a licence
	$(BIN)/python scripts/check_licences.py

wheel: $(STAMP) ## dist/kg-*.whl
	$(BIN)/python -m build --wheel --no-isolation

clean: ## remove what the other targets made
	rm -rf .venv build dist $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
