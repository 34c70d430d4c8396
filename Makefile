# Routewright: `make run` and `make test` set up whatever is missing, then do what they say. Nothing is installed twice.
# Paths are relative, so the checkout may live in a folder with spaces.

PYTHON := .venv/bin/python

.PHONY: help run test lint translations bench compare measure starts installer clean

help:
	@echo "make run    set up, then open the sample scenario (without a display: solve it and write out/)"
	@echo "make test   set up, then run linters, type checks, import contracts and tests"
	@echo "make translations  bring the catalogues in resources/translations up to date with the sentences in the code"
	@echo "make bench  set up, then measure: beside other solvers (make compare), and what is ours alone (make measure)"
	@echo "make starts set up, then compare ways to start a search; it takes hours, or what STARTS says"
	@echo "make installer  set up, then build what people install who have no Python, into dist/"
	@echo "make clean  remove everything that was set up or built"

run:
	@sh packaging/setup.sh run
	@sh packaging/run.sh

test: lint
	$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist worksteal

lint:
	@sh packaging/setup.sh test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -c "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"

translations:
	@sh packaging/setup.sh test
	$(PYTHON) packaging/translations.py

bench: compare measure

# COMPARE takes options, as in `make compare COMPARE="--classes CVRP --budgets 0.25,1"`
compare:
	@sh packaging/setup.sh test
	$(PYTHON) -m tests.bench.peers --parallel-peers 2 $(COMPARE)

measure:
	@sh packaging/setup.sh test
	QT_LOGGING_RULES="default.warning=false" $(PYTHON) -m pytest tests/bench -m bench -s

# STARTS takes options, as in `make starts STARTS="--sets x,solomon --problems 8 --seeds 2"`
starts:
	@sh packaging/setup.sh test
	$(PYTHON) -m tests.bench.starts anytime $(STARTS)

# INSTALLER takes options, as in `make installer INSTALLER=--unpacked`
installer:
	@sh packaging/setup.sh installer
	build/venv/bin/python packaging/build.py $(INSTALLER)

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
