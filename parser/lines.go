package parser

import (
	"strings"
	"time"
)

// documentFromLines is the text front end: every line that holds text is a block; a bullet, alone on its line or before the text, marks an item.
func documentFromLines(text string, now time.Time) *Document {
	d := &Document{now: now, pager: -1}
	item, ornament := false, false
	number := 0
	for len(text) > 0 {
		var line string
		line, text = cutLine(text)
		number++
		line = collapse(line)
		if line == "" {
			continue
		}
		rest, bullet := cutBullet(line)
		if bullet {
			item, ornament = true, startsWithAny(line, ornaments)
		}
		if rest == "" {
			continue
		}
		d.Blocks = append(d.Blocks, Block{Text: rest, Line: number, Item: item, ornament: ornament, length: runeCount(rest), noise: isNoise(rest)})
		item, ornament = false, false
	}
	return d
}

// cutLine cuts at LF, CRLF or CR.
func cutLine(text string) (line, rest string) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 {
		return text, ""
	}
	if strings.HasPrefix(text[end:], "\r\n") {
		return text[:end], text[end+2:]
	}
	return text[:end], text[end+1:]
}

var bullets = []string{"-", "*", "•", "●", "·", "▪", "■", "◆", "–", "—", "+", "○"}

// ornaments are the bullets that authors set before the points of their own text.
var ornaments = []string{"■", "◆", "●", "○", "▪"}

// cutBullet takes the bullet off a line. A hyphen that is no bullet is followed by text without a space.
func cutBullet(line string) (rest string, ok bool) {
	for _, b := range bullets {
		after, found := strings.CutPrefix(line, b)
		if !found {
			continue
		}
		if after == "" {
			return "", true
		}
		if after[0] == ' ' {
			return strings.TrimLeft(after, " "), true
		}
	}
	return line, false
}
