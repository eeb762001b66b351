# Redline (红线). Each target sets up what it needs and says what it does: run any of them on a
# fresh clone.

# a freshly installed Rust works in the shell that installed it
export PATH := $(HOME)/.cargo/bin:$(PATH)

TARGET  := $(or $(CARGO_TARGET_DIR),target)
REDLINE := $(TARGET)/release/redline

.PHONY: help app demo build command ui types package test test-maplibre bench deny fuzz
.DEFAULT_GOAL := help

help: ## say what there is
	@echo 'Redline (红线): checks project footprints against ecological red lines and control lines.'
	@echo
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { split($$1, name, ":"); printf "  make %-13s %s\n", name[1], $$2 }' $(MAKEFILE_LIST)

app: build ## the window on the sample city
	@REDLINE='$(REDLINE)' .ci/app.sh

demo: command ## the main job on a synthetic city: import, check, areas
	@REDLINE='$(REDLINE)' .ci/demo.sh

build: ## build the command and the window: target/release/redline and redline-window
	@.ci/setup.sh window
	@$(MAKE) --no-print-directory ui
	@echo '==> building the command and the window'
	cargo build --release --locked -p redline-cli -p redline-window
	@echo '==> $(REDLINE) and $(TARGET)/release/redline-window are ready'

command: # the command alone, which needs neither Node nor WebKitGTK
	@.ci/setup.sh
	@echo '==> building the command'
	cargo build --release --locked -p redline-cli
	@echo '==> $(REDLINE) is ready'

ui: ui/dist/index.html ## build the page of the window: ui/dist

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	@.ci/setup.sh node
	@echo '==> fetching what the page is built with'
	cd ui && npm ci --no-audit --no-fund
	@touch $@

ui/dist/index.html: ui/node_modules/.package-lock.json ui/index.html ui/vite.config.ts $(shell find ui/src ui/public -type f)
	@echo '==> building the page'
	cd ui && npm run --silent build
	@touch $@

types: ## write the window's TypeScript types from the engine's declarations
	WRITE_TYPES=1 cargo test --locked -p redline-engine --test wire_types

package: build ## the Debian package of both: target/release/bundle/deb
	@TARGET='$(TARGET)' .ci/package.sh

test: ## every check: format, lints, layers, unit, property and end-to-end tests, page and window
	@.ci/setup.sh test
	@$(MAKE) --no-print-directory ui
	@echo '==> the page: types and tests'
	cd ui && npm run --silent check && npm test --silent
	@echo '==> format'
	cargo fmt --all --check
	@echo '==> lints'
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@echo '==> licences and advisories'
	@.ci/deny.sh
	@echo '==> building the command, the window and the tests'
	cargo build --workspace --all-targets --locked
	@echo '==> tests'
	REDLINE_COMMAND='$(abspath $(TARGET))/debug/redline' cargo test --workspace --locked
	@TARGET='$(TARGET)' .ci/end_to_end.sh

test-maplibre: ## the GPU rasteriser against the CPU's (on demand; ten minutes to compile)
	@.ci/setup.sh maplibre
	@echo '==> building the program that draws on the GPU'
	cargo fmt --manifest-path layers/gpu/program/Cargo.toml --check
	cargo clippy --locked --manifest-path layers/gpu/program/Cargo.toml --target-dir '$(TARGET)' -- -D warnings
	cargo build --locked --manifest-path layers/gpu/program/Cargo.toml --target-dir '$(TARGET)'
	@echo '==> lints and tests'
	cargo clippy --locked -p redline-gpu --features maplibre-rs --all-targets -- -D warnings
	REDLINE_GPU='$(abspath $(TARGET))/debug/redline-gpu' cargo test --locked -p redline-gpu --features maplibre-rs

bench: ## the benchmark table, against GEOS and shapely (on demand; about ten minutes)
	@.ci/setup.sh bench
	@TARGET='$(TARGET)' .ci/bench.sh

deny: ## licences, advisories and banned crates (needs cargo-deny)
	cargo deny check

fuzz: ## the fuzz targets of the hand-written parsers, half a minute each (on demand)
	@.ci/setup.sh
	@.ci/fuzz.sh
