// Package facts reads facts out of an article's text. It is pure: it knows nothing of files, databases or the network.
package facts

// Section is one numbered part of an article (一、二、三、…).
type Section struct {
	Number  int    `json:"number"`  // from 1, only counting upwards within an article
	Heading string `json:"heading"` // may be empty: the number is followed by running text
	Body    string `json:"body"`
}

// Sections finds the numbered sections of a body.
func Sections(body string) []Section { panic("not yet") }
