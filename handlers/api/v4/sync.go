package v4

// The headers of a list that is read by what changed.
const (
	headerSyncToken = "X-Sync-Token" // where to go on
	headerSyncMore  = "X-Sync-More"  // "true" while there is more right now
)
