package docs

// guidePart is a heading of the guide.
type guidePart struct{ id, title string }

var guideParts = []guidePart{
	{"tokens", "Tokens for people"}, {"programs", "Tokens for programs"}, {"lists", "Lists"}, {"values", "Times and numbers"},
	{"writing", "Writing"}, {"again", "Sending again safely"}, {"actions", "Actions"}, {"sync", "Keeping a copy"},
	{"webhooks", "Webhooks"}, {"errors", "Errors"}, {"limits", "Limits"}, {"browsers", "From a browser"},
}

// status is an answer's status and what it says.
type status struct{ code, means string }

var statuses = []status{
	{"200, 201, 204", "Done. After 201, Location holds the address of what was made; 204 has no body."},
	{"202", "Taken; it is worked on after the answer. Ask again to see how it went."},
	{"304", "Nothing changed since the ETag you sent."},
	{"400", "The request itself is damaged: no JSON, a parameter that cannot be read."},
	{"401", "No token, or one that has ended. Get another."},
	{"403", "The token is good, but its user, its role or its scope may not do this."},
	{"404", "There is no such row, or not for you: rows of another organization do not exist."},
	{"405", "The address takes other methods; Allow names them."},
	{"409", "It does not go with how things stand, such as a name that is taken."},
	{"410", "The sync_token is too old. Begin anew with an empty one."},
	{"412", "Somebody changed the row since the ETag in If-Match."},
	{"413, 415", "The body is too large, or of a kind that is not read here."},
	{"422", "Members or parameters are at fault; the body lists each with what is wrong."},
	{"429", "Too many requests. Wait as many seconds as Retry-After says."},
	{"500", "Our fault. It was written down."},
}

func (g Guide) tokenCall() string {
	return "curl " + g.Base + "/api/v4/oauth2/token \\\n  -H 'Content-Type: application/json' \\\n" +
		"  -d '{\"grant_type\": \"password\", \"client_id\": \"…\", \"client_secret\": \"…\",\n       \"username\": \"ann@example.org\", \"password\": \"…\"}'"
}

func (g Guide) refreshCall() string {
	return "curl " + g.Base + "/api/v4/oauth2/token \\\n  -H 'Content-Type: application/json' \\\n" +
		"  -d '{\"grant_type\": \"refresh_token\", \"client_id\": \"…\", \"client_secret\": \"…\",\n       \"refresh_token\": \"…\"}'"
}

func (g Guide) assertion() string {
	return "{\"alg\": \"RS256\", \"typ\": \"JWT\"}\n\n{\"iss\": \"the service account's e-mail address\",\n \"scope\": \"candidate participation:read\",\n" +
		" \"aud\": \"" + g.Base + "/api/v4/oauth2/token\",\n \"iat\": 1788850800,\n \"exp\": 1788854400}"
}

func (g Guide) assertionCall() string {
	return "curl " + g.Base + "/api/v4/oauth2/token \\\n  --data-urlencode 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer' \\\n" +
		"  --data-urlencode 'assertion=HEADER.CLAIMS.SIGNATURE'"
}

func (g Guide) againCall() string {
	return "curl " + g.Base + "/api/v4/models/candidate \\\n  -H 'Authorization: Bearer TOKEN' \\\n  -H 'Content-Type: application/json' \\\n" +
		"  -H 'Idempotency-Key: 7d1c0c3e-ann' \\\n  -d '{\"first_name\": \"Ann\", \"last_name\": \"Lee\", \"email\": \"ann@example.org\"}'"
}

const webhookMessage = "POST /your/address\nwebhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W\nwebhook-timestamp: 1788850800\nwebhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=\n\n" +
	"{\"type\": \"participation.completed\", \"timestamp\": \"2026-09-07T09:00:00Z\",\n" +
	" \"data\": {\"id\": 42, \"organization_id\": 1, \"resource\": \"assessment-candidate\", \"object\": {…}}}"

const notFound = "HTTP/1.1 404 Not Found\n\n{\"name\": \"Not Found\", \"message\": \"There is no such candidate.\", \"code\": 0, \"status\": 404}"

const atFault = "HTTP/1.1 422 Unprocessable Entity\n\n[{\"field\": \"email\", \"message\": \"This is not an e-mail address.\"}]"
