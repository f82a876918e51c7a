package actions

import "sync"

// importBoard shows how far running imports are. An import is one transaction, which no other connection can look into,
// and SQLite has one writer, so progress cannot stand in the database; it is kept here, on the server that does the work.
// Another server of the same database shows that the import runs, without a number.
type importBoard struct {
	mu   sync.Mutex
	done map[int64]int
}

func (b *importBoard) set(id int64, done int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done == nil {
		b.done = map[int64]int{}
	}
	b.done[id] = done
}

func (b *importBoard) clear(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.done, id)
}

// ImportProgress returns how many questions of a running import are written. It is not known when another server does it.
func (r *Runner) ImportProgress(id int64) (done int, known bool) {
	r.imports.mu.Lock()
	defer r.imports.mu.Unlock()
	done, known = r.imports.done[id]
	return done, known
}
