package parser

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestZZDebug(t *testing.T) {
	f := os.Getenv("FILE")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	text, cs := decode(b, "", "")
	d := documentFromHTML(text, nil, time.Date(2026, 9, 23, 10, 0, 0, 0, time.UTC))
	fmt.Println(cs, d.cut, "title:", d.title, d.metas)
	w := d.blockWeights()
	tt := d.findTitle(-1)
	fmt.Println("TITLE0", tt)
	core := d.findBody(w, 0, nil)
	fmt.Println("CORE", core)
	for i, b := range d.Blocks {
		fmt.Printf("%d n%d <%s .%s> h%d c%.0f n%.0f l%d %s\n", i, b.Node, d.Nodes[b.Node].Tag, d.Nodes[b.Node].Class, b.Heading, w[i].content, w[i].noise, b.linked, firstChars(b.Text, 50))
	}
}

func TestZZParse(t *testing.T) {
	f := os.Getenv("FILE")
	b, err := os.ReadFile(f)
	if err != nil {
		t.Skip()
	}
	p, err := Parse(Input{Body: b, URL: os.Getenv("URL"), Now: time.Date(2026, 9, 23, 10, 0, 0, 0, time.UTC)})
	fmt.Printf("%v %s %s %q next=%s cs=%v\n", err, p.Kind, p.CMS, p.Reason, p.Next, p.Charset)
	for _, r := range p.Rows {
		fmt.Println("  ROW", r)
	}
	for _, a := range p.Articles {
		fmt.Printf("  ART %+v\n", a)
	}
	fmt.Println(p.Warnings)
}
