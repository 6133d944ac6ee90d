package main

import (
	"fmt"
	"strconv"
	"strings"
)

// mentionStyles tell the types of mentions apart at a glance.
var mentionStyles = map[string]style{
	"PERSON": yellow, "ORGANIZATION": cyan, "PLACE": green, "DEMONYM": blue,
}

// tagging prints a tagged article for a person: the text with its names
// highlighted, then entities and topics. Offsets of t must be bytes.
func (o output) tagging(title, body string, t *tagging) error {
	var b strings.Builder
	if title != "" {
		fmt.Fprintf(&b, "%s\n\n", o.highlight(title, "title", bold, t.Mentions))
	}
	fmt.Fprintf(&b, "%s\n\n", o.highlight(strings.TrimRight(body, "\r\n"), "text", plain, t.Mentions))
	if _, err := o.Write([]byte(b.String())); err != nil {
		return err
	}
	if err := o.entities(t); err != nil || len(t.Topics) == 0 {
		return err
	}
	return o.topics(t.Topics)
}

// highlight styles the mentions of one field, and the rest as base.
func (o output) highlight(text, field string, base style, mentions []mention) string {
	var b strings.Builder
	end := 0
	for _, m := range mentions {
		if m.Field != field {
			continue
		}
		b.WriteString(o.paint(base, text[end:m.Start]))
		b.WriteString(o.paint(mentionStyles[m.Type], text[m.Start:m.End]))
		end = m.End
	}
	b.WriteString(o.paint(base, text[end:]))
	return b.String()
}

// entities prints who and what was found, and with it the rivals of each link
// where they were asked for.
func (o output) entities(t *tagging) error {
	mentions := map[string]int{}
	for _, m := range t.Mentions {
		mentions[m.Entity]++
	}
	var rows []row
	for _, e := range t.Entities {
		where := ""
		if e.Lat != nil && e.Lon != nil {
			where = fmt.Sprintf("%.2f,%.2f", *e.Lat, *e.Lon)
		}
		rows = append(rows, row{mentionStyles[e.Type], []string{
			e.Name, strings.ToLower(e.Type), e.ID, score(e.Salience), score(e.Confidence),
			strconv.Itoa(mentions[e.ID]), where,
		}})
		for _, c := range e.Candidates {
			rows = append(rows, row{grey, []string{
				"  " + c.Name, "", c.ID, "", score(c.Score), "", strings.Join(c.Reasons, ", "),
			}})
		}
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(o, "No names found.")
		return err
	}
	return o.table([]string{"ENTITY", "TYPE", "ID", "SALIENCE", "CONFIDENCE", "MENTIONS", "WHERE"}, rows)
}

func (o output) topics(topics []topic) error {
	rows := make([]row, len(topics))
	for i, t := range topics {
		rows[i] = row{purple, []string{t.Name, t.Code, score(t.Score), t.How}}
	}
	if _, err := fmt.Fprintln(o); err != nil {
		return err
	}
	return o.table([]string{"TOPIC", "CODE", "SCORE", ""}, rows)
}

func score(p float32) string { return strconv.FormatFloat(float64(p), 'f', 2, 32) }
