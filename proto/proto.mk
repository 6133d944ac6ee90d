# The API: only people who change it need these targets; users never need buf.
BUF ?= go run github.com/bufbuild/buf/cmd/buf@v1.75.0

.PHONY: proto proto-lint proto-check

proto: ## generate Go from proto/
	$(BUF) format -w
	$(BUF) generate

proto-lint: ## lint the API and compare it with main for breaking changes
	$(BUF) lint
	$(BUF) format -d --exit-code
	$(BUF) breaking --against '.git#branch=main'

proto-check: ## fail when the generated Go is stale
	$(BUF) generate
	git diff --exit-code -- proto
	test -z "$$(git status --porcelain -- proto)"
