package ui

// PaletteItem is one result or command in the palette.
type PaletteItem struct {
	Key   string // makes the id unique within its group
	Label string
	Note  string // what it is, or its key
	Href  string
	Icon  IconName
}
