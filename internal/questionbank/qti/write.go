package qti

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// Write writes a QTI 3 content package: a manifest, one item for each question, and their pictures. A question that QTI
// cannot hold is left out and told in a problem of severity error; what changes on the way out is a warning. The error
// is only about writing to w.
func Write(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	p := &packageWriter{zip: zip.NewWriter(w), media: map[string][]byte{}, taken: map[string]bool{}}
	for i, question := range questions {
		if err := p.add(question, i+1); err != nil {
			return p.problems, fmt.Errorf("write question %d of a QTI package: %w", i+1, err)
		}
	}
	if err := p.finish(); err != nil {
		return p.problems, fmt.Errorf("write a QTI package: %w", err)
	}
	return p.problems, nil
}

// WriteItem writes one question as a QTI 3 item file by itself, its pictures inside it. Problems and error are those of
// Write; what only a package's manifest can hold, such as skills, is reported as left out.
func WriteItem(w io.Writer, question questionbank.Question) ([]questionbank.Problem, error) {
	item := newItemWriter(question, identifierOf(question, 1), inlinePicture)
	if len(question.Skills) > 0 || len(question.Categories) > 0 || question.Difficulty != "" {
		item.warn("Skills, categories and difficulty were left out: a single QTI item has no place for them. Export a package to keep them.")
	}
	text, err := item.write()
	if err != nil {
		return append(item.problems, item.failure(err)), nil
	}
	if _, err := io.WriteString(w, text); err != nil {
		return item.problems, fmt.Errorf("write a QTI item: %w", err)
	}
	return item.problems, nil
}

type packageWriter struct {
	zip      *zip.Writer
	entries  []manifestEntry
	media    map[string][]byte // path in the package to content
	order    []string          // media paths as first used
	taken    map[string]bool   // item identifiers
	problems []questionbank.Problem
}

func (p *packageWriter) add(question questionbank.Question, number int) error {
	identifier := identifierOf(question, number)
	for n := number; p.taken[identifier]; n++ {
		identifier = fmt.Sprintf("question_%d", n)
	}
	var used []string
	item := newItemWriter(question, identifier, func(image questionbank.Image) string {
		path := p.place(image, identifier)
		used = appendOnce(used, path)
		return "../" + path
	})
	text, err := item.write()
	if err != nil {
		p.problems = append(append(p.problems, item.problems...), item.failure(err))
		return nil
	}
	p.taken[identifier] = true
	p.problems = append(p.problems, item.problems...)
	p.entries = append(p.entries, manifestEntry{identifier: identifier, question: question, media: used})
	return p.put("items/"+identifier+".xml", []byte(text))
}

// place gives a picture its path in the package; equal pictures of one name share it.
func (p *packageWriter) place(image questionbank.Image, identifier string) string {
	name := strings.Trim(notInNames.ReplaceAllString(image.Name, "-"), ".-")
	if name == "" {
		name = "picture"
	}
	if !strings.Contains(name, ".") {
		name += extensions[image.MediaType]
	}
	path := "media/" + name
	if known, found := p.media[path]; found && !bytes.Equal(known, image.Data) {
		path = "media/" + identifier + "-" + name
	}
	if _, found := p.media[path]; !found {
		p.media[path] = image.Data
		p.order = append(p.order, path)
	}
	return path
}

func (p *packageWriter) finish() error {
	for _, path := range p.order {
		if err := p.put(path, p.media[path]); err != nil {
			return err
		}
	}
	if err := p.put(manifestName, []byte(writeManifest(p.entries, p.order))); err != nil {
		return err
	}
	return p.zip.Close()
}

func (p *packageWriter) put(name string, data []byte) error {
	entry, err := p.zip.Create(name)
	if err != nil {
		return err
	}
	_, err = entry.Write(data)
	return err
}

var notInIdentifiers = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// identifierOf turns a question's own identifier into one QTI admits, or makes one up.
func identifierOf(question questionbank.Question, number int) string {
	identifier := strings.Trim(notInIdentifiers.ReplaceAllString(question.ExternalID, "_"), ".-")
	if identifier == "" || strings.Trim(identifier, "_") == "" {
		return fmt.Sprintf("question_%d", number)
	}
	if strings.HasPrefix(identifier, "media_") || identifier[0] >= '0' && identifier[0] <= '9' {
		identifier = "q_" + identifier
	}
	return identifier[:min(len(identifier), 100)]
}

// manifestEntry is an item as the manifest describes it.
type manifestEntry struct {
	identifier string
	question   questionbank.Question
	media      []string
}

func writeManifest(entries []manifestEntry, media []string) string {
	var out strings.Builder
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" xmlns:imsmd="http://ltsc.ieee.org/xsd/LOM" identifier="MANIFEST">
  <metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
  <organizations/>
  <resources>
`)
	for _, entry := range entries {
		path := "items/" + entry.identifier + ".xml"
		fmt.Fprintf(&out, "    <resource identifier=%q type=\"imsqti_item_xmlv3p0\" href=%q>%s<file href=%q/>",
			entry.identifier, path, describe(entry.question), path)
		for _, used := range entry.media {
			fmt.Fprintf(&out, `<dependency identifierref="media_%d"/>`, slices.Index(media, used)+1)
		}
		out.WriteString("</resource>\n")
	}
	for i, path := range media {
		fmt.Fprintf(&out, "    <resource identifier=\"media_%d\" type=\"webcontent\" href=%q><file href=%q/></resource>\n", i+1, path, path)
	}
	out.WriteString("  </resources>\n</manifest>\n")
	return out.String()
}

// describe writes what LOM says of a question: skills as keywords, difficulty, and categories as paths of taxa.
func describe(question questionbank.Question) string {
	var out strings.Builder
	if len(question.Skills) > 0 {
		out.WriteString("<imsmd:general>")
		for _, skill := range question.Skills {
			out.WriteString("<imsmd:keyword><imsmd:string>" + xmlText(skill) + "</imsmd:string></imsmd:keyword>")
		}
		out.WriteString("</imsmd:general>")
	}
	if word := map[string]string{"easy": "easy", "medium": "medium", "hard": "difficult"}[question.Difficulty]; word != "" {
		out.WriteString("<imsmd:educational><imsmd:difficulty><imsmd:source>LOMv1.0</imsmd:source><imsmd:value>" + word + "</imsmd:value></imsmd:difficulty></imsmd:educational>")
	}
	if len(question.Categories) > 0 {
		out.WriteString("<imsmd:classification><imsmd:purpose><imsmd:source>LOMv1.0</imsmd:source><imsmd:value>discipline</imsmd:value></imsmd:purpose>")
		for _, category := range question.Categories {
			out.WriteString("<imsmd:taxonPath>")
			for _, level := range strings.Split(category, "/") {
				out.WriteString("<imsmd:taxon><imsmd:entry><imsmd:string>" + xmlText(level) + "</imsmd:string></imsmd:entry></imsmd:taxon>")
			}
			out.WriteString("</imsmd:taxonPath>")
		}
		out.WriteString("</imsmd:classification>")
	}
	if out.Len() == 0 {
		return ""
	}
	return "<metadata><imsmd:lom>" + out.String() + "</imsmd:lom></metadata>"
}
