package actions

// Duplicates says what becomes of rows or questions of an upload that are here already.
type Duplicates string

// The ways to treat them. Skip leaves what is here as it is; Update brings it up to date with the file; New adds it once
// more, which only questions allow.
const (
	SkipDuplicates   Duplicates = "skip"
	UpdateDuplicates Duplicates = "update"
	NewDuplicates    Duplicates = "new"
)
