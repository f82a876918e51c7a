package ui

// bulkCount is the count of selected rows with its noun.
func bulkCount(p BulkBarProps) string {
	if p.Count == 1 {
		return "1 " + p.Singular
	}
	return Number(p.Count) + " " + p.Plural
}
