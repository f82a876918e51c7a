package recruiter

import (
	"encoding/json"
	"net/url"
)

// filterQuery returns the query that a saved view keeps; "" for one that was made by something else.
func filterQuery(filter []byte) string {
	var values url.Values
	if err := json.Unmarshal(filter, &values); err != nil {
		return ""
	}
	return values.Encode()
}
