// Package ui holds the parts that screens are built of. It imports templ only: it knows no model, no database and no request.
// "assay gallery" shows every part in its states. Class names in brackets below are for markup that has no part of its own.
//
// # How parts are written
//
// A part takes one struct named after it (ButtonProps), or two or three plain values. What it wraps are its children:
//
//	@ui.Button(ui.ButtonProps{Kind: ui.Key, Type: "submit"}) {
//		Invite
//	}
//
// Attrs (templ.Attributes) carry hx-* and data-* to the element that acts. Words of a part (Close, "(optional)") come from
// Words in the context: WithWords(ctx, words), WordsFrom(ctx), English(). A text line of a templ file that begins with "for ",
// "if " or "switch " is taken for code: write it as { "for 6 days" }. Never write a style attribute or an inline script; the
// policy of the product refuses both, and a test of the gallery finds them.
//
// # Words and glyphs
//
//	Icon(name IconName)  IconLarge(name)  Icons() []IconName                 IconBank … IconWarn, see icon.go
//	Mark()  Wordmark(href)                                                   without href it is no link
//	StatusGlyph(key StatusKey)  Status(key, label)  Statuses()               StatusInvited … StatusArchived; the key is the lower-case type
//	Badge(tone Tone, text)  BadgeIcon(tone, icon, text)                      Neutral Accent Good Warn Bad Here
//	Kbd(key)  Read(){…}  Quote(text, by)                                     Read sets what people wrote in the reading voice
//	Avatar(AvatarProps{Name, URL, Size, Alone})                              Alone: no name stands beside it
//	Avatars(label, names)  Person(PersonProps{Name, Sub, Href, AvatarURL, Size})
//	Number(n) string  Score(v) string  Initials(name) string                 "10,000", one decimal at most, "LĐ"
//
// # Acting
//
//	Button(ButtonProps{Kind, Size, Type, Href, ID, Name, Value, Form, Icon, After, Label, Square, Block, Busy, Blocked, BlockedBy, Toggle, Keys, Class, Attrs}){…}
//	    Kind: Plain Key Quiet Danger QuietDanger; Size: Small Medium Large; Toggle: Pressed Released
//	    Square needs Icon and Label. Blocked is the reason in words; BlockedBy the id of an element that says it already.
//	ButtonGroup(label){…}
//	Menu(MenuProps{Label, Text, Icon, Kind, Size, End, Up}){…}  MenuLink(icon, label, href, attrs)  MenuButton(icon, label, attrs)  MenuLine()
//	    A MenuButton submits when attrs has "form" or "formaction".
//	Opens(id) and Closes(id) are Attrs for the button or link of a dialog or drawer.
//
// # Forms
//
// Every control embeds Field{Name, Label, ID, Hint, Error, Optional, HideLabel, Required}; its id is "f-"+Name unless given.
//
//	Input(InputProps{Field, Type, Value, Placeholder, Autocomplete, InputMode, Unit, Icon, Large, Min, Max, Step, MaxLength, Dir, ReadOnly, Disabled, Autofocus, Attrs})
//	Textarea(TextareaProps{Field, Value, Rows, Placeholder, MaxLength, Read, Class, Attrs})
//	Select(SelectProps{Field, Options []Option, Value, Blank, Disabled, Class, Attrs})
//	Option{Value, Label, Hint, Group, Lang, Href, Icon, Status, Count, Current, Disabled}
//	Combobox(ComboboxProps{Field, Value, Text, Source, Placeholder, Options, Attrs})  sends Name and Name+"_text"; Source gets Name+"_text"
//	ComboboxOptions(options)                                                          answers Source
//	DateTime(DateTimeProps{Field, Date, Time, Zone, Zones, Other, Min})               sends Name+"_date", "_time", "_zone"
//	FileDrop(FileDropProps{Field, Accept, Multiple, Words, Attrs})
//	Search(SearchProps{Name, Value, Label, Placeholder, Attrs})                       Name is "q" unless given
//	Check, Radio, Switch(CheckProps{Name, Value, ID, Label, Hint, Checked, Disabled, Attrs})
//	CheckGroup(CheckGroupProps{Field, Options, Values, Inline})  RadioGroup(RadioGroupProps{Field, Options, Value, Inline})
//	Segmented(SegmentedProps{Label, Name, Value, Options, Block, Verdict, Attrs})     without Name the options are links
//	Rating(RatingProps{Name, Label, Description, Value, Words [5]string, Error, Disabled})
//	AnswerOption(AnswerOptionProps{Name, Value, ID, Multiple, Checked, Disabled, Attrs}){…}
//	FieldFrame(Field){…}            label, hint and error around a control of your own, which carries Field.ControlID()
//	ErrorSummary(title, []Field)    on top of a refused form (422); takes focus
//	SavedLine(id, state, text)      Saved Saving Kept; swap this line, never the field
//
// # Pages and lists
//
//	PageHeader(PageHeaderProps{Title, Lead, Crumbs, BadgeText, BadgeTone, Person}){actions}   holds the page's one h1
//	Crumbs([]Crumb{Label, Href}, badge, tone)  Tabs(label, []Tab{Label, Href, Count, Current, Attrs})
//	Section(SectionProps{ID, Title, Count, EndLabel, EndHref, Class}){…}
//	Card(class){…}  Well(class){…}  KeyValues([]Entry{Term, Text, Href})  KeyValue(term){…} inside [dl.meta]
//	FilterBar(label){…}  Chip(ChipProps{Label, Href, On, Count, Opens, Attrs})
//	Table(TableProps{ID, Caption, Columns []Column, Selectable, Plain, Class, Attrs}){rows}   the tbody is "<ID>-rows"
//	    Column{Label, SortHref, Sort, End, Middle, HideName, Class}; Sort: Unsorted Ascending Descending
//	Row(RowProps{ID, Current, Selected, Attrs}){cells}  RowBox(BoxProps)  Box(BoxProps{Name, Value, Label, Checked, All})
//	    The naming cell is <th scope="row">. On phones a row is a card of three columns (box, name, one fact): give every other
//	    cell [wide] to leave it out there, [mid] to leave it out on tablets, [r] to set it at the end, [cell-score] to a ScoreBar.
//	Pager(PagerProps{Label, From, To, Total, AtLeast, Noun, PrevHref, NextHref, Pages, Attrs})
//	    Keyset: From 0. Not counted: Total -1. "10,000+": AtLeast. Pages: PageLinks(current, last, func(page) href).
//	BulkBar(BulkBarProps{ID, Count, Singular, Plural}){verbs}   appears with the first selected Box of the page
//
// # Telling
//
//	Notice(NoticeProps{Tone, Icon, ID, Class, Role}){…}
//	Toast(ToastProps{Text, UndoURL, Undo, Alert})  ToastOut(ToastProps)     ToastOut rides beside another answer, out of band
//	Empty(EmptyProps{Title, Text, Icon, Class}){first step}  Skeleton(lines)
//	Stepper(label, []Step{Label, Href, Done, Current})  Progress(ProgressProps{ID, Value, Max, Label, Note, Attrs})
//	Timeline(){…}  TimelineItem(TimelineItemProps{Status, Icon, Text, DateTime, Time}){evidence}
//
// # What floats
//
//	Dialog(DialogProps{ID, Title, Wide, Open}){…}  DialogBody(){…}  DialogFoot(){…}    Open: shows itself when it arrives
//	Confirm(ConfirmProps{ID, Title, Effect, Action, Verb, Cancel, Danger, Hidden, Attrs}){…}
//	Drawer(DrawerProps{ID, Label, Open}){…}  DrawerHead(DrawerHeadProps{DrawerID, Title, Position, PrevHref, NextHref, Attrs}){…}  DrawerBody  DrawerFoot
//	PaletteGroup(id, title, []PaletteItem{Key, Label, Note, Href, Icon})  PaletteNone(query)     answer the palette's URL
//
// # Scores and charts
//
//	ScoreProps{Value, Max, CutOff, Low, High, Open, Alt}
//	ScoreBar(ScoreProps)  Streak(ScoreProps)  BigScore(ScoreProps, sentence)  ScoreList(){…}  ScoreEntry(label, ScoreProps)
//	Pips(value, max, word)
//	BarChart(BarChartProps{ID, Title, Max, CutOff, Bars []Bar{Label, Note, Value, Text, Low, High, Open}})
//	Funnel(label, []FunnelStep{Label, Count, Of, Note, Href})  Shares([]Part{Label, Count})
//	Histogram(HistogramProps{ID, Title, Bins []Bin{From, To, Count}, CutOff, Mine, Label})
//
// # The exam
//
//	QuestionMap(id, []QuestionLink{Number, Href, Answered, Marked, Current})  OfflineBand(id, title, text, shown)
//
// # Attributes the scripts understand
//
//	data-do="open|close|dismiss|reveal|theme|clear-selection" with data-target="id"
//	data-focus          takes focus after a swap; else the first invalid field, else a heading if focus was lost
//	data-announce="…"   said aloud after a swap
//	data-key="s"        a single key that clicks this element, unless someone is typing
//	data-quiet          requests from within show no busy button and say their own faults: for forms that save by themselves
//	data-rows           a table without selection whose rows J and K walk through
//	HX-Trigger: {"assay:close": "dialog-id"}, {"assay:toast": "text"}, {"assay:clear-selection": ""}
//
// # Classes for compositions
//
// static/css/screens holds the screens of the design as classes: home [wait agenda mini], pipeline [board col pc], builder
// [builder bsec slot bq], question bank [bank pane], evaluation [ev-main answer scorecard param], calendar [cal-*, data-d
// data-s data-l], report [rep-split decide], account, admin. Layout helpers: [stack stack-2…10 row row-3 row-4 row-wrap push
// grow split two toolbar list only-phone only-wide needs-script visually-hidden]; text: [muted small tiny num read eyebrow clip].
// A form that htmx is sending shows its submit buttons busy. Tailwind utilities are named after the tokens: p-4, gap-2, text-sm, bg-raised, text-muted, rounded-3, md: lg: xl:.
package ui
