package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteWhole(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "news.csv"), filepath.Join(folder, "latest.csv")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	fails := errors.New("the database is damaged")
	say := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, e := io.WriteString(w, text)
			return errors.Join(e, err)
		}
	}
	for _, c := range []struct {
		name, to, text string
		err            error
		want           string
	}{
		{"fails, no file before", path, "half", fails, ""},
		{"new", path, "one", nil, "one"},
		{"fails, a file before", path, "half", fails, "one"},
		{"again", path, "two", nil, "two"},
		{"through a link", link, "three", nil, "three"},
		{"to what is no file", os.DevNull, "nothing", nil, "three"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := writeWhole(c.to, say(c.text, c.err)); !errors.Is(err, c.err) {
				t.Fatalf("got %v, want %v", err, c.err)
			}
			if got, _ := os.ReadFile(path); string(got) != c.want {
				t.Errorf("the file holds %q, want %q", got, c.want)
			}
			if parts, _ := filepath.Glob(filepath.Join(folder, "*.part")); len(parts) > 0 {
				t.Errorf("left behind: %v", parts)
			}
		})
	}
	if stat, err := os.Lstat(link); err != nil || stat.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if stat, err := os.Stat(os.DevNull); err != nil || stat.Mode().IsRegular() {
		t.Error("a device was replaced")
	}
}

func TestInert(t *testing.T) {
	for cell, want := range map[string]string{
		"":                 "",
		"签约":               "签约",
		"a=b":              "a=b",
		" =1+1":            "' =1+1",
		"\u3000\u3000=1+1": "'\u3000\u3000=1+1",
		"\u3000\u3000签约":   "\u3000\u3000签约",
		"=1+1":             "'=1+1",
		"+86 20 1234":      "'+86 20 1234",
		"-5%":              "'-5%",
		"@SUM(A1)":         "'@SUM(A1)",
		"\t=1+1":           "'\t=1+1",
		"\r\n=1+1":         "'\r\n=1+1",
		"\n=1+1":           "'\n=1+1",
		"＝1+1":             "'＝1+1",
		"－－签约":             "'－－签约",
		"\x00=1+1":         "'\x00=1+1",
		"'=1+1":            "'=1+1",
		"\xff not UTF-8":   "\xff not UTF-8",
		"——在青岚市招商大会上的致辞": "——在青岚市招商大会上的致辞",
	} {
		if got := inert(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}
