package qti

import (
	"encoding/xml"
	"strings"
	"unicode"
)

// canonical turns a QTI 3 element name into its QTI 2 spelling and leaves others as they are.
func canonical(name string) string {
	if rest, found := strings.CutPrefix(name, "qti-"); found {
		return camel(rest)
	}
	return name
}

func attributes(list []xml.Attr) map[string]string {
	attrs := make(map[string]string, len(list))
	for _, attr := range list {
		switch {
		case attr.Name.Space == "":
			attrs[camel(attr.Name.Local)] = attr.Value
		case attr.Name.Space == xmlSpace && attr.Name.Local == "base":
			attrs["xml:base"] = attr.Value
		case attr.Name.Space == xmlSpace && attrs[attr.Name.Local] == "":
			attrs[attr.Name.Local] = attr.Value
		}
	}
	return attrs
}

func camel(name string) string {
	if !strings.Contains(name, "-") {
		return name
	}
	var out strings.Builder
	upper := false
	for _, r := range name {
		switch {
		case r == '-':
			upper = true
		case upper:
			out.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
