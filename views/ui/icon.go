package ui

import (
	"maps"
	"slices"
)

// IconName names one drawing of the icon set.
type IconName string

// The icon set: 16 by 16, one stroke of 1.5, drawn for this product.
const (
	IconArchive   IconName = "archive"
	IconBank      IconName = "bank"
	IconBell      IconName = "bell"
	IconBoard     IconName = "board"
	IconBuilding  IconName = "building"
	IconCalendar  IconName = "calendar"
	IconCheck     IconName = "check"
	IconClock     IconName = "clock"
	IconClose     IconName = "close"
	IconCode      IconName = "code"
	IconCopy      IconName = "copy"
	IconDice      IconName = "dice"
	IconDots      IconName = "dots"
	IconDown      IconName = "down"
	IconDownload  IconName = "download"
	IconEye       IconName = "eye"
	IconFile      IconName = "file"
	IconFilter    IconName = "filter"
	IconFind      IconName = "find"
	IconFlag      IconName = "flag"
	IconGear      IconName = "gear"
	IconGlobe     IconName = "globe"
	IconGrip      IconName = "grip"
	IconHome      IconName = "home"
	IconInfo      IconName = "info"
	IconKey       IconName = "key"
	IconLeft      IconName = "left"
	IconLink      IconName = "link"
	IconList      IconName = "list"
	IconLock      IconName = "lock"
	IconMail      IconName = "mail"
	IconMic       IconName = "mic"
	IconMoon      IconName = "moon"
	IconNote      IconName = "note"
	IconOffline   IconName = "offline"
	IconOut       IconName = "out"
	IconPen       IconName = "pen"
	IconPeople    IconName = "people"
	IconPerson    IconName = "person"
	IconPhone     IconName = "phone"
	IconPlay      IconName = "play"
	IconPlus      IconName = "plus"
	IconReference IconName = "reference"
	IconRefresh   IconName = "refresh"
	IconReport    IconName = "report"
	IconRight     IconName = "right"
	IconScore     IconName = "score"
	IconSend      IconName = "send"
	IconShield    IconName = "shield"
	IconSplit     IconName = "split"
	IconStar      IconName = "star"
	IconSun       IconName = "sun"
	IconTable     IconName = "table"
	IconTrash     IconName = "trash"
	IconUndo      IconName = "undo"
	IconUp        IconName = "up"
	IconUpload    IconName = "upload"
	IconVideo     IconName = "video"
	IconWarn      IconName = "warn"
)

// strokes holds each icon's path.
var strokes = map[IconName]string{
	IconArchive:   "M2.5 3.2h11v2.6h-11zM3.5 5.8v7h9v-7M6.5 8.4h3",
	IconBank:      "M4 2.8h6.5L13 5.3V13.2H4zM6.2 7h4.6M6.2 9.6h4.6",
	IconBell:      "M4 11V7.2a4 4 0 0 1 8 0V11l1 1.3H3zM6.8 13.6h2.4",
	IconBoard:     "M3 3h2.8v10H3zM6.8 3h2.8v7H6.8zM10.6 3H13v4.5h-2.4z",
	IconBuilding:  "M3.5 13.5v-11h6v11M9.5 6.5h3v7M2.5 13.5h11M5.5 5h2M5.5 7.5h2M5.5 10h2",
	IconCalendar:  "M3 4.5h10V13H3zM3 7.2h10M5.5 3v2.5M10.5 3v2.5",
	IconCheck:     "M3.2 8.5 6.5 11.8 12.8 4.8",
	IconClock:     "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 5v3.2l2 1.3",
	IconClose:     "M4 4l8 8M12 4l-8 8",
	IconCode:      "M5.5 5 2.5 8l3 3M10.5 5l3 3-3 3",
	IconCopy:      "M5.5 5.5h7.5V13H5.5zM3 10.5V3h7.5",
	IconDice:      "M3 3h10v10H3zM5.7 5.7h.01M8 8h.01M10.3 10.3h.01M10.3 5.7h.01M5.7 10.3h.01",
	IconDots:      "M3.5 8h.01M8 8h.01M12.5 8h.01",
	IconDown:      "M4.5 6.5 8 10l3.5-3.5",
	IconDownload:  "M8 3v7.5M4.8 7.5 8 10.7l3.2-3.2M3.5 13.2h9",
	IconEye:       "M1.8 8C3.2 5.3 5.4 4 8 4s4.8 1.3 6.2 4c-1.4 2.7-3.6 4-6.2 4S3.2 10.7 1.8 8zM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z",
	IconFile:      "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
	IconFilter:    "M2.8 4h10.4M4.8 8h6.4M6.8 12h2.4",
	IconFind:      "M7 11.2A4.2 4.2 0 1 0 7 2.8a4.2 4.2 0 0 0 0 8.4zM10.2 10.2 13.3 13.3",
	IconFlag:      "M4 13.5v-11M4 3h8l-1.8 2.8L12 8.6H4",
	IconGear:      "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 2.5v1.8M8 11.7v1.8M2.5 8h1.8M11.7 8h1.8M4.1 4.1l1.3 1.3M10.6 10.6l1.3 1.3M11.9 4.1l-1.3 1.3M5.4 10.6l-1.3 1.3",
	IconGlobe:     "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM2.5 8h11M8 2.5c3 3 3 8 0 11-3-3-3-8 0-11z",
	IconGrip:      "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
	IconHome:      "M3 7.5 8 3l5 4.5V13H9.8V9.6H6.2V13H3z",
	IconInfo:      "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 7.5v3.3M8 5.3v.01",
	IconKey:       "M6 12.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 7.7 13 2.8M11 4.8l1.7 1.7",
	IconLeft:      "M9.5 4.5 6 8l3.5 3.5",
	IconLink:      "M6.8 9.2 9.2 6.8M7 4.7l1-1a2.8 2.8 0 0 1 4.2 4.1l-1.1 1.1M9 11.3l-1 1a2.8 2.8 0 0 1-4.2-4.1l1.1-1.1",
	IconList:      "M5.5 4.5H13M5.5 8H13M5.5 11.5H13M3 4.5h.01M3 8h.01M3 11.5h.01",
	IconLock:      "M4 7h8v6.2H4zM5.6 7V5.2a2.4 2.4 0 0 1 4.8 0V7",
	IconMail:      "M2.5 4h11v8.5h-11zM2.8 4.5 8 8.8l5.2-4.3",
	IconMic:       "M8 9.8a2 2 0 0 0 2-2V4.5a2 2 0 0 0-4 0v3.3a2 2 0 0 0 2 2zM4 7.8a4 4 0 0 0 8 0M8 11.8v1.7",
	IconMoon:      "M12.8 9.6A5.2 5.2 0 1 1 6.4 3.2a4.2 4.2 0 0 0 6.4 6.4z",
	IconNote:      "M3 3h10v7l-3 3H3zM10 13v-3h3",
	IconOffline:   "M2.5 6.5a8 8 0 0 1 3-1.7M8.5 4.5a8 8 0 0 1 5 2M5 9.2a4.5 4.5 0 0 1 2-1M10 8.7l1 .5M8 12v.01M3 2.5l10 11",
	IconOut:       "M9.5 13H3V3h6.5M6.5 8H13M10.5 5.5 13 8l-2.5 2.5",
	IconPen:       "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z",
	IconPeople:    "M6 8a2.3 2.3 0 1 0 0-4.6A2.3 2.3 0 0 0 6 8zM2 13c.3-2 1.9-3.2 4-3.2S9.7 11 10 13M10.5 8.1a2 2 0 1 0-.6-3.9M11.6 9.9c1.4.3 2.2 1.4 2.4 3.1",
	IconPerson:    "M8 8.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM3.2 13.4c.4-2.3 2.3-3.7 4.8-3.7s4.4 1.4 4.8 3.7",
	IconPhone:     "M4.2 2.8h2l1 2.8-1.4 1c.6 1.6 2 3 3.6 3.6l1-1.4 2.8 1v2c0 .8-.6 1.4-1.4 1.4A9 9 0 0 1 2.8 4.2c0-.8.6-1.4 1.4-1.4z",
	IconPlay:      "M5 3.5 12.5 8 5 12.5z",
	IconPlus:      "M8 3v10M3 8h10",
	IconReference: "M4 9.8 2.8 13.2 6.2 12A5 5 0 1 0 4 9.8z",
	IconRefresh:   "M12.8 6.2A5.2 5.2 0 1 0 13.2 9M13.2 3v3.4H9.8",
	IconReport:    "M3 13h10M4.5 13V9M8 13V4M11.5 13V6.8",
	IconRight:     "M6.5 4.5 10 8l-3.5 3.5",
	IconScore:     "M3 13 13 3M3 8.5 8.5 3M7.5 13 13 7.5",
	IconSend:      "M13.5 2.5 2.5 7l4.3 1.9L9 13.5zM6.8 8.9l3-3",
	IconShield:    "M8 2.5 13 4.3v3.5c0 3-2 5-5 6-3-1-5-3-5-6V4.3z",
	IconSplit:     "M3 3h10v10H3zM9.5 3v10",
	IconStar:      "M8 2.6l1.6 3.4 3.7.5-2.7 2.6.7 3.7L8 11l-3.3 1.8.7-3.7L2.7 6.5l3.7-.5z",
	IconSun:       "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.8v1.3M8 12.9v1.3M1.8 8h1.3M12.9 8h1.3M3.6 3.6l.9.9M11.5 11.5l.9.9M12.4 3.6l-.9.9M4.5 11.5l-.9.9",
	IconTable:     "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.3 6.5v6",
	IconTrash:     "M3 4.5h10M6.2 4.5V3h3.6v1.5M4.3 4.5l.6 8.7h6.2l.6-8.7M6.8 7v3.8M9.2 7v3.8",
	IconUndo:      "M3 6.5h6.5a3.2 3.2 0 0 1 0 6.5H6M5.5 3.8 2.8 6.5l2.7 2.7",
	IconUp:        "M4.5 9.5 8 6l3.5 3.5",
	IconUpload:    "M8 10.7V3.2M4.8 6.2 8 3l3.2 3.2M3.5 13.2h9",
	IconVideo:     "M2.5 4.5h7.5v7H2.5zM10 7l3.5-2v6L10 9z",
	IconWarn:      "M8 2.8 14 13H2zM8 6.5v3M8 11.2v.01",
}

// flips says whether an icon points along the line of reading and so turns round in a right-to-left page.
func (n IconName) flips() bool {
	switch n {
	case IconLeft, IconRight, IconUndo, IconOut, IconSend:
		return true
	}
	return false
}

// Icons returns every name of the set in order, for the gallery and its test.
func Icons() []IconName {
	return slices.Sorted(maps.Keys(strokes))
}
