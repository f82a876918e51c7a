package actions

import (
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
)

// lay puts a member of a body over what stands there, if the body has it. A null clears it.
func lay[T any](values resource.Values, name string, over *T) {
	if value, set := values[name]; set {
		*over, _ = value.(T)
	}
}

// layPointer is lay for what may be none.
func layPointer[T any](values resource.Values, name string, over **T) {
	value, set := values[name]
	if !set {
		return
	}
	*over = nil
	if plain, ok := value.(T); ok {
		*over = &plain
	}
}

// renamed calls the fields at fault as the document does: names leads from ours to its. A row that does not exist for the
// caller is such a fault too, where the body names only one: missing is that member, "" to leave it be.
func renamed(err error, missing string, names map[string]string) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	if f.Kind == fault.NotFound && missing != "" {
		return fault.Field(missing, "%s", f.Error())
	}
	if f.Kind != fault.Invalid || len(f.Fields) == 0 {
		return err
	}
	bad := fault.Fields{}
	for name, problem := range f.Fields {
		if other, known := names[name]; known {
			name = other
		}
		bad[name] = problem
	}
	return fault.Refuse(bad)
}
