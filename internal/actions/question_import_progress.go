package actions

import "sync"

// importBoard shows how far running imports are. An import is one transaction, which no other connection can look into,
// and SQLite has one writer, so progress cannot stand in the database; it is kept here, on the server that does the work.
// Another server of the same database shows that the import runs, without a number.
type importBoard struct {
	mu sync.Mutex
	of map[int64]importState
}

// importState is how many questions of how many are written.
type importState struct{ done, total int }

func (b *importBoard) set(id int64, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == nil {
		b.of = map[int64]importState{}
	}
	b.of[id] = importState{done, total}
}

func (b *importBoard) clear(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.of, id)
}

// ImportProgress returns how many questions of a running import are written, and how many there are. It is not known when
// another server does it.
func (r *Runner) ImportProgress(id int64) (done, total int, known bool) {
	r.imports.mu.Lock()
	defer r.imports.mu.Unlock()
	state, known := r.imports.of[id]
	return state.done, state.total, known
}
