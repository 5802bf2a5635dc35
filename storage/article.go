package storage

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"zhaowen/parser"
	"zhaowen/storage/sameness"
)

// stored is what the file holds of an article that is met again.
type stored struct {
	id       int64
	hash     string
	title    string
	revision int
	reading  int    // version of the parser that read it
	day      string // by which articles are ordered
	dated    bool   // the day is the one of publication
	timed    bool   // the time of that day is known
	original bool
	group    int64 // its original, which may be itself
	urlKey   *string
	source   string
}

// storedColumns are what fields gives the places of.
const storedColumns = "id, content_hash, title, revision, parser_version, " + articleDay + ", published_on IS NOT NULL, published_at IS NOT NULL, original_id IS NULL, coalesce(original_id, id)"

func (s *stored) fields(more ...any) []any {
	return append([]any{&s.id, &s.hash, &s.title, &s.revision, &s.reading, &s.day, &s.dated, &s.timed, &s.original, &s.group}, more...)
}

// article stores one article as what it is: known by its address, by its text, or new.
func (r *recorder) article(a prepared) (Saved, error) {
	if _, err := time.Parse(time.DateOnly, a.Date); err != nil {
		a.Date = "" // unknown, rather than a reason to lose the whole outcome
	}
	if r.known[a.key] {
		was, err := r.byKey(a.key)
		if err == nil {
			return r.again(a, was)
		} else if !errors.Is(err, sql.ErrNoRows) {
			return Saved{}, err
		}
	}
	was, err := r.byHash(a.hash)
	switch {
	case err == nil:
		return r.copied(a.Article, was, a.key)
	case !errors.Is(err, sql.ErrNoRows):
		return Saved{}, err
	}
	if a.key == "" {
		was, ok, err := r.changed(a.Article)
		if err != nil {
			return Saved{}, err
		}
		if ok {
			return r.again(a, was)
		}
	}
	return r.insert(a)
}

// expect finds out which addresses and texts of the articles the file has, so that those that are new, which most are, cost no question each.
func (r *recorder) expect(articles []prepared) error {
	if len(articles) == 0 {
		return nil
	}
	asked := make([]string, 0, 2*len(articles))
	for _, a := range articles {
		asked = append(asked, a.hash)
		if a.key != "" {
			asked = append(asked, a.key)
		}
	}
	list, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	rows, err := r.rows(r.stmts.articlesKnown, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var known string
		if err := rows.Scan(&known); err != nil {
			return err
		}
		r.known[known] = true
	}
	return rows.Err()
}

func (r *recorder) byKey(key string) (stored, error) {
	var was stored
	err := r.row(r.stmts.articleByKey, key).Scan(was.fields()...)
	return was, err
}

func (r *recorder) byHash(hash string) (stored, error) {
	var was stored
	if !r.known[hash] {
		return was, sql.ErrNoRows
	}
	err := r.row(r.stmts.articleByHash, hash).Scan(was.fields(&was.urlKey, &was.source)...)
	return was, err
}

// changed finds the earlier text of an article without an address: same source, title and date, and half of its characters' pairs.
func (r *recorder) changed(a Article) (stored, bool, error) {
	if r.source == IngestSource {
		return stored{}, false, nil // dumps of different sites may share a title
	}
	var was stored
	var body string
	err := r.row(r.stmts.articleLikeIt, r.source, a.Title, orNull(a.Date)).Scan(was.fields(&body)...)
	if errors.Is(err, sql.ErrNoRows) {
		return stored{}, false, nil
	}
	return was, err == nil && sameness.Similar(body, a.Body), err
}

// again records an article that is met under its own address (or is known to be the same one): unchanged, or a revision.
func (r *recorder) again(a prepared, was stored) (Saved, error) {
	if was.hash == a.hash && sameness.NormalText(was.title) == sameness.NormalText(a.Title) {
		return Saved{was.id, SightingSame}, r.unchanged(a, was)
	}
	r.known[a.hash] = true
	if err := r.exec(r.stmts.revisionInsert, was.id, r.now); err != nil {
		return Saved{}, err
	}
	body, err := r.body(was.id)
	if err != nil {
		return Saved{}, err
	}
	if err := r.changePrints(was.id, body, a.text); err != nil {
		return Saved{}, err
	}
	if err := r.reindex(was, terms(body), a.dayOver(was), a.bodyTerms, a.titleTerms); err != nil {
		return Saved{}, err
	}
	err = r.exec(r.stmts.articleRevise, was.id, a.Title, a.Body, orNull(a.Date), moment(a.Time), orNull(a.Publisher), orNull(a.Author), utf8.RuneCountInString(a.Body), a.hash, r.now, parser.Version)
	if err != nil {
		return Saved{}, err
	}
	if err := r.resection(was.id, a.Article); err != nil {
		return Saved{}, err
	}
	err = r.exec(r.stmts.sightingInsert, was.id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(SightingRevision))
	if err != nil {
		return Saved{}, err
	}
	return Saved{was.id, SightingRevision}, r.revised(was, like{was.id, a.Title, a.text, utf8.RuneCountInString(a.Body)})
}

// unchanged records an article that is met again as it was, but for what was not known of it.
func (r *recorder) unchanged(a prepared, was stored) error {
	if err := r.reread(a, was); err != nil {
		return err
	}
	if err := r.sighted(a.Article, was.id, SightingSame); err != nil {
		return err
	}
	if was.reading < parser.Version || !was.dated && a.Date != "" || !was.timed && !a.Time.IsZero() {
		return r.elect(was.group)
	}
	return nil
}

// dayOver is the day of a stored article when the one that is met now has its say.
func (a Article) dayOver(was stored) string {
	if a.Date == "" {
		return was.day
	}
	return a.Date
}

func (r *recorder) body(id int64) (body string, err error) {
	err = r.row(r.stmts.articleBody, id).Scan(&body)
	return body, err
}

// reread takes over all that newer rules say of an article whose text is unchanged but for white space, width and marks; rules that have read it already complete it.
func (r *recorder) reread(a prepared, was stored) error {
	if was.reading >= parser.Version {
		return r.complete(a.Article, was)
	}
	body, err := r.body(was.id)
	if err != nil {
		return err
	}
	if body != a.Body {
		if err := r.changePrints(was.id, body, a.text); err != nil {
			return err
		}
	}
	if day := a.dayOver(was); day != was.day || body != a.Body || was.title != a.Title {
		if err := r.reindex(was, terms(body), day, a.bodyTerms, a.titleTerms); err != nil {
			return err
		}
	}
	err = r.exec(r.stmts.articleReread, was.id, r.now, orNull(a.Date), moment(a.Time), orNull(a.Publisher), orNull(a.Author), parser.Version, a.Title, a.Body, utf8.RuneCountInString(a.Body))
	if err != nil {
		return err
	}
	return r.resection(was.id, a.Article)
}

// complete adds to an article what was not known of it.
func (r *recorder) complete(a Article, was stored) error {
	if day := a.dayOver(was); !was.dated && day != was.day {
		body, err := r.body(was.id)
		if err != nil {
			return err
		}
		if err := r.reindex(was, terms(body), day, terms(body), terms(was.title)); err != nil {
			return err
		}
	}
	return r.exec(r.stmts.articleComplete, was.id, r.now, orNull(a.Date), moment(a.Time), orNull(a.Publisher), orNull(a.Author))
}

// copied records an article whose text is stored already under another address, or none. A stored article without an address takes the one that is met now; one without a
// day takes the day.
func (r *recorder) copied(a Article, was stored, key string) (Saved, error) {
	var err error
	switch {
	case was.urlKey == nil && key != "":
		r.known[key] = true
		if err = r.exec(r.stmts.articleAdopt, was.id, a.URL, key); err == nil {
			err = r.complete(a, was)
		}
	case !was.dated && a.Date != "":
		err = r.complete(Article{Article: parser.Article{Date: a.Date, Time: a.Time}}, was)
	default:
		err = r.exec(r.stmts.articleSeen, was.id, r.now)
	}
	if err != nil {
		return Saved{}, err
	}
	kind := SightingCopy
	if was.urlKey == nil && (key != "" || was.source == r.source) {
		kind = SightingSame
	}
	known, err := r.changes(r.stmts.sightingSeen, was.id, r.source, orNull(a.URL), r.now, orNull(a.Date))
	if err != nil {
		return Saved{}, err
	}
	if known {
		kind = SightingSame
	} else if err := r.exec(r.stmts.sightingInsert, was.id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(kind)); err != nil {
		return Saved{}, err
	}
	if a.Date != "" && (!was.dated || a.Date < was.day) {
		return Saved{was.id, kind}, r.elect(was.group)
	}
	return Saved{was.id, kind}, nil
}

// insert stores an article that is not known: a reprint of another, or an original. An article published before the one it is like becomes the original of both.
func (r *recorder) insert(a prepared) (Saved, error) {
	r.known[a.hash], r.known[a.key] = true, a.key != ""
	own := like{0, a.Title, a.text, utf8.RuneCountInString(a.Body)}
	k, err := r.findKin(own)
	if err != nil {
		return Saved{}, err
	}
	day := cmp.Or(a.Date, r.now[:len(time.DateOnly)])
	at, _ := moment(a.Time).(string)
	original, follow, err := r.place(own, member{day: day, at: at}, k.originals)
	if err != nil {
		return Saved{}, err
	}
	kind := SightingNew
	if original != 0 || len(follow) > 0 {
		kind = SightingReprint
	}
	own.id, err = r.inserted(r.stmts.articleInsert, r.source, orNull(a.URL), orNull(a.key), a.Title, a.Body, orNull(a.Date), moment(a.Time),
		orNull(a.Publisher), orNull(a.Author), own.chars, a.hash, r.now, parser.Version, original)
	if err != nil {
		return Saved{}, err
	}
	if err := r.keepPrints(own.id, a.text, k.common); err != nil {
		return Saved{}, err
	}
	if err := r.index(own.id, day, original == 0, false, a.bodyTerms, a.titleTerms); err != nil {
		return Saved{}, err
	}
	if err := r.sections(own.id, a.Article); err != nil {
		return Saved{}, err
	}
	err = r.exec(r.stmts.sightingInsert, own.id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(kind))
	if err != nil {
		return Saved{}, err
	}
	for _, other := range follow {
		if err := r.takeOver(own, other); err != nil {
			return Saved{}, err
		}
	}
	return Saved{own.id, kind}, r.release(k.digests)
}

// sighted notes that an article was met where it was met before, or at a new place.
func (r *recorder) sighted(a Article, id int64, kind SightingKind) error {
	known, err := r.changes(r.stmts.sightingSeen, id, r.source, orNull(a.URL), r.now, orNull(a.Date))
	if err != nil || known {
		return err
	}
	return r.exec(r.stmts.sightingInsert, id, r.source, orNull(a.URL), a.Title, orNull(a.Date), r.now, string(kind))
}

// resection replaces the sections of an article.
func (r *recorder) resection(id int64, a Article) error {
	if err := r.exec(r.stmts.sectionsDelete, id); err != nil {
		return err
	}
	return r.sections(id, a)
}

func (r *recorder) sections(id int64, a Article) error {
	at, chars := 0, 0 // where the last part found begins, in bytes and in characters
	find := func(part string) (start int, ok bool) {
		i := strings.Index(a.Body[at:], part)
		if i < 0 {
			return 0, false
		}
		chars += utf8.RuneCountInString(a.Body[at : at+i])
		at += i
		return chars, true
	}
	for _, s := range a.Sections {
		heading, ok := find(s.Heading)
		body, within := find(s.Body)
		if !ok || !within {
			return fmt.Errorf("section %d is no part of the text", s.Number)
		}
		if err := r.exec(r.stmts.sectionInsert, id, s.Number, heading, utf8.RuneCountInString(s.Heading), body, utf8.RuneCountInString(s.Body)); err != nil {
			return err
		}
	}
	return nil
}

func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}
