package resource

import (
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
)

// Ask is one request about a resource.
type Ask struct {
	Actor  access.Actor
	Above  map[string]int64 // keys of what the path names above the resource, by word
	Params Params
	Base   string // before the paths of links, without a slash at the end
	Now    time.Time

	Written bool // the answer is to a write, which a few members tell apart
	Made    bool // the row was just created: what is told once is told now
}

// plain is the request without its parameters: what it names exists for the actor, or does not.
func (a Ask) plain() Ask {
	a.Params = nil
	return a
}

// Params are a request's parameters, in whichever of the documented forms they came: a=1&a=2, a[]=1, a[0]=1, and a=1,2
// where the values are no texts.
type Params map[string][]Param

// Param is one value; Key is what stood in the brackets.
type Param struct{ Key, Value string }

const (
	mostParams = 1000
	mostValues = 500 // of one parameter
	mostNames  = 60  // of relations to expand, each a query or more
)

// ReadParams sorts a query's values by their name without brackets. Too many of them are Invalid.
func ReadParams(query url.Values) (Params, error) {
	params, count := Params{}, 0
	for _, whole := range sortedKeys(query) {
		name, key := whole, ""
		if open := strings.IndexByte(whole, '['); open > 0 && strings.HasSuffix(whole, "]") {
			name, key = whole[:open], whole[open+1:len(whole)-1]
		}
		for _, value := range query[whole] {
			params[name] = append(params[name], Param{Key: key, Value: value})
			count++
		}
	}
	if count > mostParams {
		return nil, fault.New(fault.Invalid, "A request takes at most %d parameters.", mostParams)
	}
	if len(params.Names("expand")) > mostNames {
		return nil, fault.Field("expand", "At most %d names at once.", mostNames)
	}
	return params, nil
}

// sortedKeys puts a[2] before a[10].
func sortedKeys(query url.Values) []string {
	keys := make([]string, 0, len(query))
	for k := range query {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if len(keys[i]) != len(keys[j]) {
			return len(keys[i]) < len(keys[j])
		}
		return keys[i] < keys[j]
	})
	return keys
}

// First returns a parameter's first value, "" when it is absent.
func (p Params) First(name string) string {
	if len(p[name]) == 0 {
		return ""
	}
	return p[name][0].Value
}

// Names returns the names in a list parameter, such as fields or expand, in all its forms.
func (p Params) Names(name string) []string {
	var names []string
	for _, param := range p[name] {
		for _, part := range strings.Split(param.Value, ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(names, part) {
				names = append(names, part)
			}
		}
	}
	return names
}

// values returns a parameter's values as the kind's Go type. Empty ones are left out.
func (p Params) values(name string, k Kind) ([]any, error) {
	var values []any
	for _, param := range p[name] {
		parts := []string{param.Value}
		if k != Text && k != Moment && k != Day {
			parts = strings.Split(param.Value, ",")
		}
		for _, part := range parts {
			if strings.TrimSpace(part) == "" {
				continue
			}
			v, err := parseText(k, part)
			if err != nil {
				return nil, fault.Field(name, "%s", err.Error())
			}
			values = append(values, v)
		}
	}
	if len(values) > mostValues {
		return nil, fault.Field(name, "At most %d values at once.", mostValues)
	}
	return values, nil
}

// pairs returns a map parameter's keys and values.
func (p Params) pairs(name string) ([]any, error) {
	var pairs []any
	for _, param := range p[name] {
		if param.Value == "" || param.Key == "" {
			continue
		}
		if !storable(param.Key) || !storable(param.Value) || len(pairs) >= 2*20 {
			return nil, fault.Field(name, "This takes up to 20 values, each as %s[key]=text.", name)
		}
		pairs = append(pairs, param.Key, param.Value)
	}
	return pairs, nil
}

// number returns a parameter that must be a whole number of at least 1, or otherwise when it is absent.
func (p Params) number(otherwise int, names ...string) (int, error) {
	for _, name := range names {
		text := strings.TrimSpace(p.First(name))
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1<<40 {
			return 0, fault.Field(name, "This must be a whole number from 1 on.")
		}
		return n, nil
	}
	return otherwise, nil
}
