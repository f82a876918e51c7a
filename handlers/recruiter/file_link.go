package recruiter

import (
	"fmt"
	"time"
)

// linkLife is how long a signed link to a file works: as long as somebody keeps a page open.
const linkLife = 12 * time.Hour

// fileLink returns a link under which a stored file can be fetched for a while.
func (s Screens) fileLink(key, name string) (string, error) {
	link, err := s.Actions.Files.SignedURL(key, name, s.DB.Clock.Now().Add(linkLife))
	if err != nil {
		return "", fmt.Errorf("sign a file's link: %w", err)
	}
	return link, nil
}
