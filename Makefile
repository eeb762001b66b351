# Redline (红线). Each target sets up what it needs and says what it does: run any of them on a
# fresh clone.

# a freshly installed Rust works in the shell that installed it
export PATH := $(HOME)/.cargo/bin:$(PATH)

TARGET  := $(or $(CARGO_TARGET_DIR),target)
REDLINE := $(TARGET)/release/redline

.PHONY: help demo test bench build deny fuzz
.DEFAULT_GOAL := help

help: ## say what there is
	@echo 'Redline (红线): checks project footprints against ecological red lines and control lines.'
	@echo
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { split($$1, name, ":"); printf "  make %-7s %s\n", name[1], $$2 }' $(MAKEFILE_LIST)

build: ## build the command: target/release/redline
	@.ci/setup.sh
	@echo '==> building the command'
	cargo build --release --locked -p redline-cli
	@echo '==> $(REDLINE) is ready'

demo: build ## the main job on a synthetic city: import, check, areas
	@REDLINE='$(REDLINE)' .ci/demo.sh

test: ## every check: format, lints, layer direction, unit, property and end-to-end tests
	@.ci/setup.sh test
	@echo '==> format'
	cargo fmt --all --check
	@echo '==> lints'
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@echo '==> licences and advisories'
	@.ci/deny.sh
	@echo '==> tests'
	cargo test --workspace --locked

bench: ## the benchmark table, against GEOS and shapely (on demand; about ten minutes)
	@.ci/setup.sh bench
	@TARGET='$(TARGET)' .ci/bench.sh

deny: ## licences, advisories and banned crates (needs cargo-deny)
	cargo deny check

fuzz: ## the fuzz targets of the hand-written parsers, half a minute each (on demand)
	@.ci/setup.sh
	@.ci/fuzz.sh
