package archtest_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

const longestFile = 500

// long are hand-written files over the bound, each with its reason.
var long = map[string]string{}

func TestFilesStayShort(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if reason := long[s.path]; s.lines > longestFile && !s.isGenerated() && reason == "" {
			t.Errorf("%s has %d lines; split it by meaning, or give the reason in long", s.path, s.lines)
		}
	}
}

func TestPackagesAreNouns(t *testing.T) {
	t.Parallel()
	empty := []string{"utils", "util", "common", "helpers", "helper", "misc", "shared", "base", "lib"}
	for _, s := range sources(t) {
		if name := strings.TrimSuffix(s.file.Name.Name, "_test"); slices.Contains(empty, name) {
			t.Errorf("%s: the name %s says nothing about what the package is", s.path, name)
		}
	}
}

func TestNothingHappensBeforeMain(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, declaration := range s.file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function", s.path)
			}
		}
	}
}

// gormWrites are GORM's methods that change something.
var gormWrites = []string{"Create", "CreateInBatches", "Save", "Update", "Updates", "UpdateColumn", "UpdateColumns", "Delete", "Exec",
	"FirstOrCreate", "Transaction", "InTx"}

func TestHandlersNeverWrite(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.isTest() || !within(s.room, "handlers") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if ok && slices.Contains(gormWrites, method.Sel.Name) {
				t.Errorf("%s calls %s: writing is an action's work", s.set.Position(call.Pos()), method.Sel.Name)
			}
			return true
		})
		ast.Inspect(s.file, func(n ast.Node) bool {
			if handle, ok := n.(*ast.SelectorExpr); ok && handle.Sel.Name == "Write" && isField(handle.X, "DB") {
				t.Errorf("%s takes the writing handle: handlers read", s.set.Position(handle.Pos()))
			}
			return true
		})
	}
}

func isField(x ast.Expr, name string) bool {
	field, ok := x.(*ast.SelectorExpr)
	return ok && field.Sel.Name == name
}
