package addresses_test

import (
	"reflect"
	"testing"

	"github.com/assay-hire/assay/internal/addresses"
)

func TestParse(t *testing.T) {
	t.Parallel()
	ann := addresses.Person{Email: "ann@example.org", FirstName: "Ann", LastName: "Lee"}
	bare := func(emails ...string) (people []addresses.Person) {
		for _, e := range emails {
			people = append(people, addresses.Person{Email: e})
		}
		return people
	}
	rows := []struct {
		name, text string
		want       addresses.List
	}{
		{"one", "ann@example.org", addresses.List{People: bare("ann@example.org")}},
		{"with a name", "Ann Lee <Ann@Example.org>", addresses.List{People: []addresses.Person{ann}}},
		{"quoted, family name first", `"Lee, Ann" <ann@example.org>`, addresses.List{People: []addresses.Person{ann}}},
		{"family name first, not quoted", `Lee, Ann <ann@example.org>, b@example.org`,
			addresses.List{People: append([]addresses.Person{ann}, bare("b@example.org")...)}},
		{"lines, commas, semicolons, spaces", "a@example.org, b@example.org;c@example.org\r\nd@example.org e@example.org\n\n",
			addresses.List{People: bare("a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@example.org")}},
		{"the same in another case", "a@example.org\nA@EXAMPLE.ORG\nAl <a@example.org>",
			addresses.List{People: bare("a@example.org"), Repeated: 2}},
		{"what is no address", "a@example.org\nnobody\nx@\nb@localhost",
			addresses.List{People: bare("a@example.org"), Unread: []string{"nobody", "x@", "b@localhost"}}},
		{"nothing", " \n,;", addresses.List{}},
	}
	for _, row := range rows {
		if got := addresses.Parse(row.text); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: got %+v, want %+v", row.name, got, row.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Ann Lee <ann@example.org>, b@example.org")
	f.Add(`"a,b" <`)
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[string]bool{}
		for _, p := range addresses.Parse(text).People {
			if !addresses.Valid(p.Email) || seen[p.Email] {
				t.Errorf("%q is no address, or came twice", p.Email)
			}
			seen[p.Email] = true
		}
	})
}
