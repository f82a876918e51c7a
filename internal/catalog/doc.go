// Package catalog is the resources of the assessment API, declared as data and grouped by family. The engine that serves
// them is internal/resource; a write that is more than its row names the action that does it.
package catalog
