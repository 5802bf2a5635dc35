# Zhaowen: bare `make` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help

# The build tags stand here and nowhere else: FTS5 for the search index, no loadable extensions, Go's own resolver and user lookup for the static binary.
TAGS := netgo,osusergo,sqlite_omit_load_extension,sqlite_fts5
export GOFLAGS := -tags=$(TAGS)
export CGO_ENABLED := 1

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  ?= $(shell git rev-parse --short HEAD 2>/dev/null || echo none)
LDFLAGS := -X main.version=$(VERSION) -X main.commit=$(COMMIT)
SHARED  ?= $(abspath ../shared)
FUZZTIME ?= 60s
BENCH_ARTICLES ?= 100000
export ZHAOWEN_SHARED := $(SHARED)

.PHONY: help build build-static test race lint fuzz bench eval crash soak demo docker need

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

need:
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 or newer from https://go.dev/dl/ and put it on the PATH" >&2; exit 1; }
	@command -v $${CC:-gcc} >/dev/null || { echo "gcc is missing: SQLite is compiled in. Debian: apt-get install gcc libc6-dev" >&2; exit 1; }
	@go list -m >/dev/null 2>&1 || { echo "Go is older than 1.26, or cannot read go.mod:" >&2; go list -m; exit 1; }

build: need ## build bin/crawl
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/crawl ./cmd/crawl

build-static: need ## build bin/crawl without any shared library (for the container)
	go build -trimpath -ldflags '$(LDFLAGS) -s -w -linkmode external -extldflags -static' -o bin/crawl ./cmd/crawl

demo: build ## the main job on the embedded demo site and dumps, offline, into demo.db
	bin/crawl demo

test: need ## the whole test suite
	go vet ./...
	go test ./...
	cd bench && go vet ./... && go test ./...

race: need ## the test suite under the race detector
	go test -race -short ./...

lint: need ## gofmt, gofumpt and golangci-lint
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	@command -v golangci-lint >/dev/null || { echo "golangci-lint is missing: go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0" >&2; exit 1; }
	golangci-lint run ./...

fuzz: need ## every fuzz target for FUZZTIME (60s)
	@log=$$(mktemp); trap 'rm -f $$log' EXIT; for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    if ! go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package >$$log 2>&1; then \
	      grep -q 'context deadline exceeded' $$log && ! grep -q 'Failing input\|panic' $$log || { cat $$log; exit 1; }; \
	      echo "the time ended during a minimization (https://go.dev/issue/56238), nothing was found"; \
	    fi; \
	    tail -3 $$log; \
	  done; \
	done

bench: build ## a loopback site beside a bare colly program (and Scrapy where it is installed), then ingest beside a plain INSERT, size and searches at BENCH_ARTICLES (100,000)
	cd bench && go run ./cmd/bench -crawl $(abspath bin/crawl)
	cd bench && go run ./cmd/scale -crawl $(abspath bin/crawl) -n $(BENCH_ARTICLES)

eval: need ## the quality table of the parser on labelled pages, beside its peers
	cd bench && go run ./cmd/eval -shared $(SHARED)

KILLS ?= 10
INGEST_KILLS ?= 200
crash: build ## kill -9 in the middle of a pass, KILLS times (10), and of an ingest, INGEST_KILLS times (200): all articles, none twice, all in the archive, the index whole
	cd bench && go test -count=1 -run TestKilledPasses -timeout 20m ./crash -crawl $(abspath bin/crawl) -kills $(KILLS) -v
	cd bench && go test -count=1 -run TestKilledIngest -timeout 20m ./crash -crawl $(abspath bin/crawl) -kills $(INGEST_KILLS) -v | grep -v 'ingest_test.go.*: kill'

SOAK ?= 10m
soak: build ## the daemon with a pass every two seconds for SOAK (10m): flat memory, goroutines and file handles, no overlap, a clean end
	cd bench && go test -count=1 -run TestSoak -timeout 0 ./crash -crawl $(abspath bin/crawl) -soak $(SOAK) -v

docker: ## build the container image zhaowen
	docker build -t zhaowen --build-arg VERSION=$(VERSION) --build-arg COMMIT=$(COMMIT) .
