package layout

import "net/http"

// Trouble is a page that says what happened, what was kept and what to do.
type Trouble struct {
	Code      int
	Title     string
	Text      string
	Kept      string // what was kept, when something was being written
	Act       string // words of the way on
	ActHref   string
	Reference string // the request's id, for whoever looks into it
}

// TroubleFor returns our words for a status code: 401 (candidates), 403, 404, 409, 410, 413, 422, 429, 500 and 503; any other gets those of 500.
func TroubleFor(code int) Trouble {
	if found, ok := troubles()[code]; ok {
		found.Code = code
		return found
	}
	other := troubles()[http.StatusInternalServerError]
	other.Code = code
	return other
}

// TroubleForGuest returns the words for somebody who came by a link from a message and has no account here: the way on is
// that message and whoever sent it, never a page behind a sign-in.
func TroubleForGuest(code int) Trouble {
	found := TroubleFor(code)
	switch code {
	case http.StatusNotFound:
		found.Title = "This link leads nowhere"
		found.Text = "Some mail programs cut long links. Open it from the message again, or copy all of it into the address bar. If that does not help, answer the message: whoever sent it can send a new one."
		found.Act, found.ActHref = "", ""
	case http.StatusForbidden:
		found.Text = "This page is not open for you. Answer the message that led you here if you think that is a mistake."
		found.Act, found.ActHref = "", ""
	}
	return found
}

func troubles() map[int]Trouble {
	return map[int]Trouble{
		http.StatusUnauthorized: {
			Title: "Open your link again",
			Text:  "This browser is not verified for an assessment. Open the link in your invitation and enter its code; everything that was saved is there.",
		},
		http.StatusForbidden: {
			Title: "This page is not part of your role",
			Text:  "You are signed in, but your current role does not include it. Change your role, or ask an administrator of your organization.",
			Act:   "Go to your home page", ActHref: "/",
		},
		http.StatusNotFound: {
			Title: "There is nothing at this address",
			Text:  "The link may be incomplete, or what it led to was moved or deleted. If someone sent it to you, ask them whether it was meant for you.",
			Act:   "Go to your home page", ActHref: "/",
		},
		http.StatusConflict: {
			Title: "Someone was faster",
			Text:  "This was changed while you had it open. Open it again to see how it stands now, then decide anew.",
			Act:   "Open it again",
		},
		http.StatusGone: {
			Title: "This link has done its work",
			Text:  "It could be used once, or until a day that has passed. Whoever sent it can send a new one.",
		},
		http.StatusRequestEntityTooLarge: {
			Title: "That file is too large",
			Text:  "Nothing was stored. Make the file smaller or send it in parts.",
			Act:   "Go back",
		},
		http.StatusUnprocessableEntity: {
			Title: "Something in the form does not fit",
			Text:  "Go back, correct the marked fields and send it again. What you typed is still there.",
			Act:   "Go back",
		},
		http.StatusTooManyRequests: {
			Title: "That was a lot at once",
			Text:  "To keep accounts safe we wait a minute after many attempts. Try again then; nothing was lost.",
		},
		http.StatusInternalServerError: {
			Title: "We could not finish this",
			Text:  "Something failed on our side and was written down. Nothing was half done: either all of it was stored or none of it.",
			Act:   "Try again",
		},
		http.StatusServiceUnavailable: {
			Title: "Assay is starting or being updated",
			Text:  "It is back within a minute or two. What you typed stays on this page; try again then.",
			Act:   "Try again",
		},
	}
}

// href is where the way on leads; without one it is this page again.
func (t Trouble) href() string {
	if t.ActHref == "" {
		return "?"
	}
	return t.ActHref
}
