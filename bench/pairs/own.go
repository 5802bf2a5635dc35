package pairs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zhaowen/parser"
	"zhaowen/seeds"
)

// Own gives the articles that the project brings along: those of the demo site and of the sample dumps.
func Own() ([]Article, error) {
	var out []Article
	seen := map[string]bool{} // the site has one article twice
	for _, a := range seeds.DemoSite().Truth() {
		if !seen[a.Body] {
			seen[a.Body] = true
			out = append(out, Article{Title: a.Title, Publisher: a.Publisher, Date: a.Date, URL: "https://demo.example" + a.Path, Body: a.Body})
		}
	}
	dumps, err := fromDumps(seeds.Dumps())
	return append(out, dumps...), err
}

// Folder gives the articles of the text dumps in a folder. Where there is no such folder, the error is fs.ErrNotExist.
func Folder(path string) ([]Article, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("dumps: %w", err)
	}
	return fromDumps(os.DirFS(filepath.Clean(path)))
}

func fromDumps(dir fs.FS) ([]Article, error) {
	names, err := fs.Glob(dir, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("dumps: %w", err)
	}
	var out []Article
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, fmt.Errorf("dumps: %w", err)
		}
		page, err := parser.Parse(parser.Input{Body: text, Now: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("read the dump %s: %w", name, err)
		}
		for i, a := range page.Articles {
			address := fmt.Sprintf("https://dump.example/%s/%d", strings.TrimSuffix(name, ".txt"), i)
			out = append(out, Article{Title: a.Title, Publisher: a.Publisher, Date: a.Date, URL: address, Body: a.Body})
		}
	}
	return out, nil
}
