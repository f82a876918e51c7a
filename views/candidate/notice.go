package candidate

// Closed is a page for what cannot be attended now: it says why and what to do.
type Closed struct {
	Page
	Title, Text string
	Kept        bool // something was saved before
	Href, Act   string
}
