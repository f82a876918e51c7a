package admin

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// actionsRoom is where the ledger is written.
const actionsRoom = "../../internal/actions"

var looksLikeVerb = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func TestEveryVerbOfTheLedgerHasWords(t *testing.T) {
	t.Parallel()
	used := verbsOf(t)
	if len(used) < 120 {
		t.Fatalf("only %d verbs found: %s", len(used), slices.Sorted(maps.Keys(used)))
	}
	for _, verb := range slices.Sorted(maps.Keys(used)) {
		if deeds[verb] == "" {
			t.Errorf("%s writes %q, which the audit log has no words for", used[verb], verb)
		}
	}
}

// verbsOf returns the verbs that actions write, each with a file that does: what is assigned to a Verb, and what becomes
// one by way of a variable or a parameter called verb.
func verbsOf(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(actionsRoom + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{"create-row": "row_write.go", "update-row": "row_write.go", "delete-row": "row_write.go"}
	files, takers := map[string]*ast.File{}, map[string]int{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = file
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				noteTaker(f, takers)
			}
		}
	}
	for name, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, verb := range verbsIn(n, takers) {
				if looksLikeVerb.MatchString(verb) {
					found[verb] = name
				}
			}
			return true
		})
	}
	return found
}

// noteTaker notes at which place a function takes a verb.
func noteTaker(f *ast.FuncDecl, takers map[string]int) {
	place := 0
	for _, group := range f.Type.Params.List {
		kind, _ := group.Type.(*ast.Ident)
		for _, name := range group.Names {
			if name.Name == "verb" && kind != nil && kind.Name == "string" {
				takers[f.Name.Name] = place
			}
			place++
		}
	}
}

func verbsIn(n ast.Node, takers map[string]int) []string {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if place, takes := takers[name]; takes && place < len(n.Args) {
			return texts(n.Args[place])
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Verb" {
			return texts(n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if name, ok := to.(*ast.Ident); ok && name.Name == "verb" && len(n.Rhs) > 0 {
				return texts(n.Rhs[min(i, len(n.Rhs)-1)])
			}
		}
	}
	return nil
}

// texts are the texts in an expression that is one, or a table of them.
func texts(e ast.Expr) []string {
	var found []string
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return []string{text}
		}
	case *ast.IndexExpr:
		return texts(e.X)
	case *ast.CompositeLit:
		for _, element := range e.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				element = pair.Value
			}
			found = append(found, texts(element)...)
		}
	}
	return found
}
