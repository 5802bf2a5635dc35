package pairs

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"zhaowen/bench/corpus"
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// other gives some generated article, for its title, publisher and names.
func other(r *rand.Rand) Article {
	return corpus.Corpus{Seed: 0xa11ce}.Notice(pick(r, corpus.Notices()), r.IntN(1<<30), 0)
}

func publisher(r *rand.Rand) string { return other(r).Publisher }

const (
	surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
	given    = "伟芳娜敏静强磊军洋勇艳杰涛明超霞平刚辉玲桂英华慧建文志国海晓春立永新俊家宇思雨子浩嘉欣佳怡博"
)

func person(r *rand.Rand) string {
	name := []rune{pick(r, []rune(surnames)), pick(r, []rune(given))}
	if r.IntN(3) > 0 {
		name = append(name, pick(r, []rune(given)))
	}
	return string(name)
}

// frame fills one of the texts of a kind in for an article.
func frame(r *rand.Rand, kind string, a Article) string {
	text := pick(r, frames[kind])
	for strings.Contains(text, "{p}") {
		text = strings.Replace(text, "{p}", person(r), 1)
	}
	day, err := time.Parse(time.DateOnly, a.Date)
	if err != nil {
		day = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC) // an article without a date gets one
	}
	return strings.NewReplacer("{s}", publisher(r), "{t}", a.Title, "{d}", day.Format("1月2日"), "{u}", fmt.Sprintf("editor@www.copy%d.example", r.IntN(400))).Replace(text)
}

// addSource names the source above the text or below it.
func addSource(r *rand.Rand, a Article) (Article, bool) {
	line := frame(r, "source", a)
	if r.IntN(2) == 0 {
		a.Body = line + "\n" + a.Body
	} else {
		a.Body += "\n" + line
	}
	return a, true
}

func addEditor(r *rand.Rand, a Article) (Article, bool) {
	line := frame(r, "editor", a)
	if strings.HasPrefix(line, "（") && r.IntN(3) == 0 {
		a.Body += line // behind the last sentence
	} else {
		a.Body += "\n" + line
	}
	return a, true
}

// addByline names the reporters, in front of the first sentence, on a line of their own or behind the last sentence.
func addByline(r *rand.Rand, a Article) (Article, bool) {
	line := frame(r, "byline", a)
	switch r.IntN(3) {
	case 0:
		a.Body = line + a.Body
	case 1:
		a.Body = line + "\n" + a.Body
	default:
		a.Body += line
	}
	return a, true
}

func addDateline(r *rand.Rand, a Article) (Article, bool) {
	a.Body = frame(r, "dateline", a) + pick(r, []string{"　", " ", ""}) + a.Body
	return a, true
}

func addDisclaimer(r *rand.Rand, a Article) (Article, bool) {
	a.Body += "\n" + frame(r, "disclaimer", a)
	if r.IntN(3) == 0 {
		a.Body += "\n" + frame(r, "disclaimer", a)
	}
	return a, true
}

// addTail adds the titles of other articles, as the parser leaves them where it does not know them for links.
func addTail(r *rand.Rand, a Article) (Article, bool) {
	var tail strings.Builder
	tail.WriteString("\n" + frame(r, "tail", a))
	mark := pick(r, []string{"", "· ", "• ", "[图文]"})
	for range 3 + r.IntN(4) {
		tail.WriteString("\n" + mark + corpus.Corpus{Seed: 0xb0b, Size: 1}.Variant(r.IntN(1<<30), 0).Title)
	}
	a.Body += tail.String()
	return a, true
}
