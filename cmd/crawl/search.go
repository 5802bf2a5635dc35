package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zhaowen/storage"
)

type searchCommand struct {
	filterFlags
	Words []string `arg:"" help:"All must occur in the title or the text. In double quotes: a phrase. Behind a minus: must not occur."`
	Best  bool     `help:"Those that fit the words best first, not the newest."`
	Count bool     `help:"Print how many there are, and nothing else."`
	Limit int      `default:"20" help:"How many; 0: no limit (default: 20)."`
	JSON  bool     `name:"json" help:"Print one JSON object a line."`
}

func (searchCommand) Help() string {
	return `Newest first: by the day of publication, or of the first sight where there is none.

Examples:

    crawl search 签约
    crawl search '招商 "重大 项目" -广州' --best
    crawl search 签约 -洛阳
    crawl search 招商 广州 --since 2024-01-01 --json
    crawl search 生物医药 --source gz-commerce --all --limit 0`
}

// Validate is called by the parser of the command line.
func (c *searchCommand) Validate() error {
	if err := checkLimit(c.Limit); err != nil {
		return err
	}
	if words := storage.ParseWords(strings.Join(c.Words, " ")); len(words.All)+len(words.None) == 0 {
		return errors.New("nothing to look for: name at least one word")
	}
	return c.check()
}

func (c *searchCommand) Run(ctx context.Context, in *invocation) error {
	db, _, err := in.openForReading(ctx)
	if err != nil {
		return err
	}
	defer in.close(db)
	query := c.query()
	query.Words, query.Limit, query.Best = storage.ParseWords(strings.Join(c.Words, " ")), c.Limit, c.Best
	if c.Count {
		n, err := db.Count(ctx, query)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(in.Stdout, n)
		return err
	}
	print := func(a storage.ArticleRow) error { return in.printHit(a, query.Words) }
	if c.JSON {
		encoder := newJSONEncoder(in.Stdout)
		print = func(a storage.ArticleRow) error { return encoder.Encode(a) }
	}
	found := 0
	for article, err := range db.Search(ctx, query) {
		if err != nil {
			return err
		}
		if err := print(article); err != nil {
			return err
		}
		found++
	}
	switch found {
	case 0:
		in.note("no article found")
	case c.Limit:
		first := "newest"
		if c.Best {
			first = "best"
		}
		in.note(fmt.Sprintf("the %s %d; --limit 0 shows all", first, found))
	}
	return nil
}

// printHit prints one article in three lines: what it is, where, and where the words stand in its text.
func (in *invocation) printHit(a storage.ArticleRow, words storage.Words) error {
	s := in.sheet()
	day := orEmpty(a.PublishedOn)
	if day == "" {
		day = "no date   "
	}
	title := cut(strings.Join(strings.Fields(a.Title), " "), max(s.width-labelColumn, 0))
	s.printf("%s  %s", day, s.marked(title, words))
	where := []string{a.SourceID}
	for _, more := range []*string{a.Publisher, a.URL} {
		if more != nil {
			where = append(where, *more)
		}
	}
	if a.OriginalID != nil {
		where = append(where, fmt.Sprintf("reprint of %d", *a.OriginalID))
	}
	s.line("", strings.Join(where, "  "))
	columns := widthOfExcerpt
	if s.width > 0 {
		columns = s.width - labelColumn
	}
	if excerpt := excerpt(a.Body, words, columns); excerpt != "" {
		s.buffer.WriteString(strings.Repeat(" ", labelColumn) + s.marked(excerpt, words) + "\n")
	}
	return s.show(in.Stdout)
}
