package recruiter

// SavedViews are the named filters of a list, with the way to keep those that are on and to delete one's own.
type SavedViews struct {
	Views  []SavedView
	Query  string // the filters that are on, "" for none
	Action string // where they are kept
}

// SavedView is a named set of filters.
type SavedView struct {
	ID   int64
	Name string
	Href string
	Mine bool
}

func (v SavedViews) any() bool { return len(v.Views) > 0 || v.Query != "" }

func (v SavedView) deletion() string { return "/views/" + id(v.ID) + "/deletion" }
