# topoc: what there is to make. `make demo` first, `make test` second.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
FUZZ_SECONDS ?= 900
# Where `make deb` puts the package.
DEB ?= .
# Where `make demo` writes; `out/` holds the committed outputs.
DEMO ?= demo

STATIC_BUILD = .build-static
STATIC = $(STATIC_BUILD)/release/topoc
LINTED = Sources Tests Plugins templates Package.swift

.PHONY: help demo build test tests shortfuzz lanes lint golden images screenshots scenarios static install deb uninstall clean

help: ## List what there is to make.
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 12

demo: ## Compile topologies/routed.topo, bring it up on this machine, look at it, take it down.
	@sh scripts/setup.sh demo
	@sh scripts/demo.sh "$(DEMO)"

build: ## Build the command for debugging: .build/debug/topoc.
	@sh scripts/setup.sh build
	$(SWIFT) build --product topoc

test: ## Install what the tests need, and run all of them.
	@sh scripts/setup.sh test
	$(MAKE) --no-print-directory -j2 lint tests
	$(MAKE) --no-print-directory -j2 shortfuzz lanes

# The parts of `make test`, of which two are made at a time: its waiting is filled.
tests:
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

shortfuzz:
	sh scripts/fuzz.sh runs 10000

lanes:
	SWIFT="$(SWIFT)" sh scripts/test.sh

fuzz: ## Let the fuzzer look for inputs that stop the compiler, for FUZZ_SECONDS (900).
	@sh scripts/setup.sh build
	sh scripts/fuzz.sh seconds $(FUZZ_SECONDS)

bench: static ## Measure how the cost of topoc grows, beside libyaml's bare parse of the same files.
	@sh scripts/bench.sh $(STATIC)

lint: ## Check the form of the code and of the project's own scripts.
	$(SWIFT) format lint --strict --recursive $(LINTED)
	shellcheck -s sh -o all scripts/*.sh
	shellcheck -s bash .ci/run

golden: ## Rewrite the committed outputs in out/ as the compiler now makes them.
	@sh scripts/setup.sh build
	TOPOC_UPDATE_GOLDEN=1 $(SWIFT) test --filter GoldenTests

images: ## Draw the figures of topologies/ into docs/images (with Graphviz).
	@sh scripts/images.sh

scenarios: ## Run the scenarios on LXD, in namespaces and in user-mode Linux; fill the table of docs/scenarios.md.
	@sh scripts/setup.sh test
	$(SWIFT) build --product topoc
	sh scripts/scenarios.sh --all .build/debug/topoc docs/scenarios.md

screenshots: ## Take pictures of the report in a browser into docs/images (with Chromium).
	@sh scripts/screenshots.sh

static: ## Build the release: one file that needs no Swift and no libyaml where it runs.
	@sh scripts/setup.sh build
	TOPOC_STATIC=1 $(SWIFT) build -c release --product topoc --scratch-path $(STATIC_BUILD) \
		--static-swift-stdlib -Xlinker -s
	sh scripts/check-static.sh $(STATIC)

install: static ## Install the release, its manual page and completions below PREFIX (/usr/local).
	sh scripts/install.sh $(STATIC) "$(DESTDIR)$(PREFIX)"

deb: static ## Make a Debian package of the release, in DEB (.).
	sh scripts/deb.sh $(STATIC) "$(DEB)"

uninstall: ## Remove what `make install` put there.
	rm -f "$(DESTDIR)$(PREFIX)/bin/topoc" "$(DESTDIR)$(PREFIX)/share/man/man1/topoc.1" \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/topoc" \
		"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_topoc" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/topoc.fish"

clean: ## Remove what was built, and the demonstration's output.
	rm -rf .build $(STATIC_BUILD) $(DEMO)
