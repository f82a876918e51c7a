.DEFAULT_GOAL := help
TAILWIND := node_modules/.bin/tailwindcss

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: css
css: $(TAILWIND) ## Build static/dist/app.css from static/css and the classes used in views
	$(TAILWIND) -i static/css/app.css -o static/dist/app.css --minify

$(TAILWIND):
	npm install --no-save --no-audit --no-fund

.PHONY: generate
generate: ## Format the templ files and generate Go from them
	go tool templ fmt views
	go tool templ generate -path views

.PHONY: check
check: ## Run what CI runs
	.ci/run

.PHONY: test
test: ## Run the tests
	go test ./...

.PHONY: demo
demo: ## Serve a fresh sample organization
	go run ./cmd/assay demo
