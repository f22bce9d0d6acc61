# The two commands a newcomer needs are `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet

.PHONY: run test test-commands test-rest test-cms test-cms-wordpress test-cms-ghost test-cms-full lint bench bench-cms bench-peers \
	lock coverage docs vocabulary clean try-wordpress stop-wordpress

run: $(VENV)/.run
	$(BIN)/copydesk run posts

# Two halves side by side: most tests wait for a process that they started.
test: $(VENV)/.test
	@echo "Two halves run side by side for some ten minutes; each says at its end what it found."
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target test-commands test-rest

test-commands: $(VENV)/.test
	$(BIN)/python -m pytest tests/cli tests/docs

test-rest: $(VENV)/.test
	$(BIN)/python -m pytest --ignore=tests/cli --ignore=tests/docs

# A real WordPress and a real Ghost, each with its own half of the tests, side by side. What is
# fetched for them stays in .cms-cache, or where CMS_CACHE says.
test-cms: $(VENV)/.test
	$(MAKE) --jobs=2 --output-sync=target test-cms-wordpress test-cms-ghost

test-cms-wordpress: $(VENV)/.test
	$(BIN)/python -m pytest tests/cms -m "cms and not full and not ghost"

test-cms-ghost: $(VENV)/.test
	$(BIN)/python -m pytest tests/cms -m "cms and not full and ghost"

# Every fault and every kill, which takes an hour or two; writes docs/publishing-faults.md.
test-cms-full: $(VENV)/.test
	$(BIN)/python tools/build_faults_page.py

# A throw-away WordPress with the sample posts, to look around in.
try-wordpress: $(VENV)/.run
	@$(BIN)/python tools/try_wordpress.py $(ARGS)

stop-wordpress:
	@tests/cms/servers/stop-cms.sh try-wordpress/server
	@echo "WordPress is stopped. \`make try-wordpress\` starts it again, with all that is in it."

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(VENV)/.test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered

# Pages that are made from what rules and commands say of themselves.
docs: $(VENV)/.run
	$(BIN)/python tools/build_rules_page.py
	$(BIN)/python tools/build_commands_page.py

# The vocabulary of the built-in packs in the form that opens at once.
vocabulary: $(VENV)/.run
	$(BIN)/python tools/build_vocabulary.py

bench: $(VENV)/.test
	$(BIN)/python -m benchmarks

# The same posts through other tools, which are installed into .bench-peers; needs a network.
bench-peers: $(VENV)/.test
	$(BIN)/python -m benchmarks.peers

# 1,000 posts to a real WordPress.
bench-cms: $(VENV)/.test
	$(BIN)/python -m benchmarks.publishing

# Installed with hashes: what runs here is what was locked. `make lock` renews the locks.
$(VENV)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q pipeline plugins
	touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(PIP) --require-hashes -r requirements/test.txt
	touch $@

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
		--strip-extras --no-emit-index-url --no-header \
		--output-file requirements/run.txt pyproject.toml requirements/build.in
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
		--strip-extras --no-emit-index-url --no-header --extra test \
		--output-file requirements/test.txt pyproject.toml requirements/build.in
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) site site-preview .copydesk .cms-cache .bench-peers dist build
