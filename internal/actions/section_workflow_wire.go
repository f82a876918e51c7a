package actions

import (
	"bytes"
	"encoding/json"
	"regexp"

	"github.com/assay-hire/assay/internal/fault"
)

// numericMembers are the members of a section that the document sends as numbers and as texts.
var numericMembers = regexp.MustCompile(`^(order|sort_order|q_count|cut_off|questionDisplayTime|.*_(id|time|mark))$`)

var digits = regexp.MustCompile(`^-?\d{1,15}(\.\d{1,6})?$`)

// UnmarshalJSON accepts numbers as texts.
func (s *WorkflowSection) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return err
	}
	plain, err := json.Marshal(numbersIn(tree))
	if err != nil {
		return err
	}
	type members WorkflowSection
	if err := json.Unmarshal(plain, (*members)(s)); err != nil {
		return fault.New(fault.Invalid, "This is no section: an object with title, section_type_id, its rules and combined.")
	}
	return nil
}

// numbersIn turns texts into numbers where numbers are meant.
func numbersIn(tree any) any {
	switch node := tree.(type) {
	case []any:
		for i := range node {
			node[i] = numbersIn(node[i])
		}
	case map[string]any:
		for name, value := range node {
			if text, ok := value.(string); ok && numericMembers.MatchString(name) && digits.MatchString(text) {
				node[name] = json.Number(text)
			} else {
				node[name] = numbersIn(value)
			}
		}
	}
	return tree
}
