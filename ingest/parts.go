package ingest

import (
	"context"
	"fmt"
	"strings"

	"zhaowen/parser"
)

// maxParts is how many pages an article may have.
const maxParts = 30

// parts fetches the further pages of an article and joins their texts. An article that cannot be had whole fails, so that it is tried again.
func (in *Ingester) parts(ctx context.Context, f Fetched, page *parser.Page) error {
	if f.Part == nil || len(page.Articles) != 1 {
		return nil
	}
	article := &page.Articles[0]
	seen := map[string]bool{f.base(): true}
	for next := page.Next; next != ""; {
		if seen[next] || len(seen) >= maxParts {
			page.Warnings = append(page.Warnings, parser.Warning{Text: fmt.Sprintf("more than %d parts, or parts in a circle: the rest is left out", len(seen))})
			break
		}
		seen[next] = true
		part, err := f.Part(ctx, next)
		if err != nil {
			return fmt.Errorf("part %d: %w", len(seen), err)
		}
		read, err := parser.Parse(parser.Input{
			Body: part.Body, URL: part.base(), ContentType: part.ContentType, Charset: f.Charset, As: parser.KindArticle, Rules: f.Rules, Now: in.now(),
		})
		if err != nil || len(read.Articles) == 0 {
			return &NoArticleError{next, "a part of an article without text"}
		}
		article.Body = joinParts(article.Body, read.Articles[0].Body)
		next = read.Next
	}
	page.Next = ""
	return nil
}

// joinParts joins two parts; a paragraph that stands at the end of one and the beginning of the other counts once.
func joinParts(a, b string) string {
	first, rest, _ := strings.Cut(b, "\n")
	if strings.HasSuffix(a, first) && strings.HasSuffix("\n"+a, "\n"+first) {
		b = rest
	}
	if b == "" {
		return a
	}
	return a + "\n" + b
}
