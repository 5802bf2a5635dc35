package parser

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// sampleBytes is how much of a body the candidates are compared on, counted from its first non-ASCII byte.
const sampleBytes = 6 << 10

// Decode turns the bytes of a page into text and tells which charset they are in, and why. contentType is the header as served, forced the name of a charset when
// the caller knows it; either may be empty. It never fails: bytes that no charset explains become U+FFFD.
func Decode(body []byte, contentType, forced string) (string, Charset) {
	return decode(body, contentType, forced)
}

// decode turns bytes into text by evidence: a byte order mark, else the candidates UTF-8, GB18030 and Big5 (declared ones first) compared on the text
// that each gives. What the header or a meta tag declares only settles a tie.
func decode(body []byte, contentType, forced string) (string, Charset) {
	if name, n := byteOrderMark(body); n > 0 {
		return decodeAs(body[n:], name), Charset{Name: name, Evidence: "byte order mark"}
	}
	if forced != "" {
		if enc, err := htmlindex.Get(forced); err == nil {
			if text, err := enc.NewDecoder().Bytes(body); err == nil {
				return string(text), Charset{Name: canonicalCharset(forced), Evidence: "configured"}
			}
		}
	}
	first := firstNonASCII(body)
	if first < 0 {
		return string(body), Charset{Name: "utf-8", Evidence: "plain ASCII"}
	}
	declared, where := declaredCharset(body, contentType)
	name, evidence := compareCharsets(body[first:], declared, where)
	text := decodeAs(body, name)
	if name == "utf-8" {
		if twice := doubleEncoding(text); twice.how != "" {
			return twice.undo(text), Charset{Name: name, Evidence: evidence + "; " + twice.how}
		}
	}
	return text, Charset{Name: name, Evidence: evidence}
}

func byteOrderMark(b []byte) (charset string, length int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return "utf-8", 3
	case bytes.HasPrefix(b, []byte{0x84, 0x31, 0x95, 0x33}):
		return "gb18030", 4
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return "utf-16le", 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return "utf-16be", 2
	}
	return "", 0
}

func firstNonASCII(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

var metaCharset = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)`)

// declaredCharset returns what the header or else a meta tag (or XML declaration) in the first 4 KiB declares, as a canonical name.
func declaredCharset(body []byte, contentType string) (name, where string) {
	if _, after, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		value, _, _ := strings.Cut(after, ";")
		if name = canonicalCharset(strings.Trim(value, " \"'")); name != "" {
			return name, "header"
		}
	}
	head := body[:min(len(body), 4<<10)]
	if m := metaCharset.FindSubmatch(head); m != nil {
		if name = canonicalCharset(string(m[1])); name != "" {
			return name, "meta"
		}
	}
	return "", ""
}

// canonicalCharset maps a label of the WHATWG Encoding Standard to one of our names; gb2312 and gbk are read as their superset GB18030. It returns ""
// for an unknown label.
func canonicalCharset(label string) string {
	enc, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return ""
	}
	if name == "gbk" || name == "hz-gb-2312" {
		return "gb18030"
	}
	return name
}

func encodingOf(name string) encoding.Encoding {
	switch name {
	case "gb18030":
		return simplifiedchinese.GB18030
	case "big5":
		return traditionalchinese.Big5
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return unicode.UTF8
	}
	return enc
}

// decodeAs decodes with replacement characters where bytes are wrong; it never fails.
func decodeAs(b []byte, name string) string {
	if name == "utf-8" {
		if utf8.Valid(b) {
			return string(b)
		}
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	text := make([]byte, len(b)*3/2+64) // two bytes of GBK are three of UTF-8
	decoder := encodingOf(name).NewDecoder()
	n, read, err := decoder.Transform(text, b, true)
	if err == nil {
		return unsafe.String(unsafe.SliceData(text), n) // nobody else has these bytes
	}
	rest, err := decoder.Bytes(b[read:]) // more was needed: replacement characters
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(append(text[:n], rest...))
}

// reading is how a sample reads under one candidate.
type reading struct {
	name   string
	errors int // bytes that the charset cannot have
	common int // Han characters among the most frequent of Chinese text
	han    int // Han characters
	wide   int // characters outside of ASCII
	odd    int // characters that no Chinese page is made of: private use, accents, box drawing, half-width katakana
}

// score weighs what speaks for a reading against what speaks against it, per non-ASCII character: right text has about half of its Han characters
// among the most frequent 500, wrong text a few per cent.
func (r reading) score() float64 {
	n := float64(max(r.han+r.odd+r.errors, 1))
	return (float64(r.common) - 3*float64(r.errors) - 2*float64(r.odd)) / n
}

// surely is a score that only the right charset reaches, so that the others need not be tried.
const surely = 0.4

func compareCharsets(b []byte, declared, where string) (name, evidence string) {
	sample := b[:min(len(b), sampleBytes)]
	candidates := []string{"utf-8", declared, "gb18030", "big5"} // UTF-8 first: it cannot be mistaken

	var best reading
	bestScore := -1e9
	seen := map[string]bool{}
	for _, c := range candidates {
		if c == "" || seen[c] {
			continue
		}
		seen[c] = true
		r := readSample(sample, c)
		score := r.score()
		if c == "utf-8" && r.errors == 0 {
			score++ // multi-byte text that happens to be valid UTF-8 is UTF-8,
			if r.wide >= 8 {
				score += 4 // all the more so when there is much of it
			}
		}
		if score > bestScore+1e-9 {
			best, bestScore = r, score
		}
		if r.errors == 0 && score > surely {
			break
		}
	}
	said := "nothing declared"
	switch {
	case declared == best.name:
		said = "declared in " + where
	case declared != "":
		said = where + " says " + declared + ", the bytes do not"
	}
	return best.name, fmt.Sprintf("%s; %d of %d Han characters are common ones, %d bad bytes", said, best.common, best.han, best.errors)
}

// readSample decodes a sample, whose last character may be cut, and counts what it holds.
func readSample(sample []byte, name string) reading {
	r := reading{name: name}
	if name == "utf-8" {
		r.countUTF8(sample)
		return r
	}
	text := decodeAs(sample, name)
	for i, c := range text {
		if c == utf8.RuneError && i >= len(text)-2*utf8.UTFMax && len(sample) == sampleBytes {
			break // the cut
		}
		r.count(c)
	}
	return r
}

// countUTF8 counts every wrong byte, not every run of them.
func (r *reading) countUTF8(b []byte) {
	for len(b) > 0 {
		c, size := utf8.DecodeRune(b)
		if c == utf8.RuneError && size == 1 && !utf8.FullRune(b) {
			return // cut within the last character
		}
		r.count(c)
		b = b[size:]
		if r.errors > 100 && r.errors*5 > r.wide {
			return // it is something else
		}
	}
}

func (r *reading) count(c rune) {
	if c < utf8.RuneSelf {
		return
	}
	r.wide++
	switch {
	case c == utf8.RuneError:
		r.errors++
	case isHan(c):
		r.han++
		if c < 0x10000 && commonHan[c] {
			r.common++
		}
	case isOdd(c):
		r.odd++
	}
}

func isHan(c rune) bool {
	return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x3FFFF || c == '〇'
}

func isOdd(c rune) bool {
	switch {
	case c >= 0xE000 && c <= 0xF8FF, // private use
		c >= 0x80 && c <= 0x9F,     // C1 controls
		c >= 0xC0 && c <= 0x24F,    // accented Latin
		c >= 0x370 && c <= 0x6FF,   // Greek, Cyrillic, Hebrew, Arabic
		c >= 0xAC00 && c <= 0xD7AF, // Hangul
		c >= 0x2500 && c <= 0x257F, // box drawing
		c >= 0xFF61 && c <= 0xFF9F: // half-width katakana
		return true
	}
	return false
}

// twiceEncoded is how a UTF-8 text was encoded a second time; the zero value: it was not.
type twiceEncoded struct {
	as  encoding.Encoding
	how string // in words
}

// doubleEncodingBytes is how much of a text tells that it was encoded twice: undone, it is a quarter as long at the least, and a sample is wanted of that.
const doubleEncodingBytes = 4 * sampleBytes

// doubleEncoding recognises UTF-8 that was once read as Windows-1252 or GBK and written as UTF-8 again, and where undoing that gives better text. It looks at the
// beginning of the text.
func doubleEncoding(text string) twiceEncoded {
	head := text[:min(len(text), sampleBytes)]
	was := readSample([]byte(head), "utf-8")
	if was.han+was.odd < 8 || was.score() > 0.15 {
		return twiceEncoded{}
	}
	end := min(len(text), doubleEncodingBytes)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	try := []struct {
		enc  encoding.Encoding
		name string
	}{{charmap.Windows1252, "windows-1252"}, {charmap.ISO8859_1, "iso-8859-1"}, {simplifiedchinese.GBK, "gbk"}}
	for _, t := range try {
		raw, err := encoding.ReplaceUnsupported(t.enc.NewEncoder()).String(text[:end])
		if err != nil {
			continue
		}
		again := readSample([]byte(raw[:min(len(raw), sampleBytes)]), "utf-8")
		if again.score() > was.score()+0.2 && again.common > again.errors {
			return twiceEncoded{t.enc, "encoded twice, once as " + t.name + ": undone"}
		}
	}
	return twiceEncoded{}
}

// undo gives the text as it was before it was encoded the second time. It may be given the lines of a text in pieces.
func (t twiceEncoded) undo(text string) string {
	if t.as == nil {
		return text
	}
	raw, err := encoding.ReplaceUnsupported(t.as.NewEncoder()).String(text)
	if err != nil {
		return text
	}
	return strings.ToValidUTF8(raw, "\uFFFD")
}
