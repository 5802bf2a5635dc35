package storage

import (
	"cmp"
	"slices"
)

// member is an article of a group, which is an original and its reprints, with what decides which of them is the original.
type member struct {
	id  int64
	day string // the first on which its text is known to have been published: its own, or that of a copy
	at  string // moment of publication on that day; empty: not known
}

// before tells whether an article was published before another as far as both are dated; where neither was before the other, the one that was met first counts as the first.
func (m member) before(other member) bool {
	if m.day != other.day {
		return m.day < other.day
	}
	return m.at != "" && other.at != "" && m.at < other.at
}

// earliest gives the first of articles that are in the order in which they were met.
func earliest(members []member) member {
	first := members[0]
	for _, m := range members[1:] {
		if m.before(first) {
			first = m
		}
	}
	return first
}

// members gives an original and its reprints in the order in which they were met.
func (r *recorder) members(original int64) ([]member, error) {
	rows, err := r.rows(r.stmts.articleGroup, original, original)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []member
	for rows.Next() {
		var m member
		if err := rows.Scan(&m.id, &m.day, &m.at); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// member gives one article.
func (r *recorder) member(id int64) (m member, err error) {
	err = r.row(r.stmts.articleGroup, id, nil).Scan(&m.id, &m.day, &m.at)
	return m, err
}

// place tells where a new article belongs among the originals that it is the same as, the nearest first: it reprints the nearest, or was published before it, which then follows
// it. When it holds several, it was published before all of these or is a digest, which belongs to none. original is 0 where it is one itself.
func (r *recorder) place(a like, published member, originals []like) (original int64, follow []int64, err error) {
	if len(originals) == 0 {
		return 0, nil, nil
	}
	digest := a.holds(originals[0], originals[1:])
	if !digest {
		originals = originals[:1]
	}
	for _, o := range originals {
		m, err := r.member(o.id)
		if err != nil {
			return 0, nil, err
		}
		if !published.before(m) {
			if digest {
				return 0, nil, nil
			}
			return o.id, nil, nil
		}
		follow = append(follow, o.id)
	}
	return 0, follow, nil
}

// release takes digests out of the groups of what was the first to be known of what they hold.
func (r *recorder) release(digests []int64) error {
	var members []member
	for _, id := range digests {
		if err := r.move(id, id); err != nil {
			return err
		}
		m, err := r.member(id)
		if err != nil {
			return err
		}
		members = append(members, m)
	}
	slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.id, b.id) })
	return r.regroup(members)
}

// elect makes the earliest of a group its original, after a day or a text in it has changed.
func (r *recorder) elect(original int64) error {
	members, err := r.members(original)
	if err != nil || len(members) < 2 {
		return err
	}
	first := earliest(members).id
	if first == original {
		return nil
	}
	text, err := r.like(first)
	if err != nil {
		return err
	}
	return r.takeOver(text, original)
}

// takeOver makes an article the original in place of another that is the same, and of those of its reprints that are the same too; the others are groups of their own. A digest
// of the article and of others, which is no reprint of any of them, keeps what is more like itself.
func (r *recorder) takeOver(first like, original int64) error {
	members, err := r.members(original)
	if err != nil {
		return err
	}
	was, err := r.like(original)
	if err != nil {
		return err
	}
	var same, others []like
	var left []member
	for _, m := range members {
		if m.id == original || m.id == first.id {
			continue
		}
		text, err := r.like(m.id)
		if err != nil {
			return err
		}
		if first.same(text) {
			same = append(same, text)
		} else {
			others, left = append(others, text), append(left, m)
		}
	}
	if err := r.move(first.id, first.id); err != nil {
		return err
	}
	digest := was.holds(first, others)
	if !digest && was.chars > first.chars {
		k, err := r.kinOf(was, first.id)
		if err != nil {
			return err
		}
		digest = was.holds(first, k.originals)
	}
	for _, text := range same {
		if digest && distance(text, was) < distance(text, first) {
			continue
		}
		if err := r.move(text.id, first.id); err != nil {
			return err
		}
	}
	if !digest {
		if err := r.move(original, first.id); err != nil {
			return err
		}
	}
	return r.regroup(left)
}

// regroup makes groups of articles that have lost their original, each of an original and those that are the same as it.
func (r *recorder) regroup(members []member) error {
	for len(members) > 0 {
		first := earliest(members)
		text, err := r.like(first.id)
		if err != nil {
			return err
		}
		if err := r.move(first.id, first.id); err != nil {
			return err
		}
		var left []member
		for _, m := range members {
			if m.id == first.id {
				continue
			}
			other, err := r.like(m.id)
			if err != nil {
				return err
			}
			if !text.same(other) {
				left = append(left, m)
			} else if err := r.move(m.id, first.id); err != nil {
				return err
			}
		}
		members = left
	}
	return nil
}

// revised puts an article whose text has changed out of its group when it is the same as its original no more, or, of an original, its reprints that are.
func (r *recorder) revised(was stored, is like) error {
	if !was.original {
		original, err := r.like(was.group)
		if err != nil {
			return err
		}
		if !is.same(original) {
			return r.move(was.id, was.id)
		}
		return r.elect(was.group)
	}
	members, err := r.members(was.id)
	if err != nil {
		return err
	}
	var left []member
	for _, m := range members {
		if m.id == was.id {
			continue
		}
		reprint, err := r.like(m.id)
		if err != nil {
			return err
		}
		if !is.same(reprint) {
			left = append(left, m)
		}
	}
	if err := r.regroup(left); err != nil {
		return err
	}
	return r.elect(was.id)
}

// move makes an article a reprint of another or, of itself, an original, also in the search index.
func (r *recorder) move(id, original int64) error {
	var was stored
	var body string
	if err := r.row(r.stmts.articleByID, id).Scan(was.fields(&body)...); err != nil || was.group == original {
		return err
	}
	if err := r.exec(r.stmts.articleMove, id, original); err != nil {
		return err
	}
	if was.original == (id == original) {
		return nil
	}
	body, title := terms(body), terms(was.title)
	if err := r.index(id, was.day, was.original, true, body, title); err != nil {
		return err
	}
	return r.index(id, was.day, !was.original, false, body, title)
}

// like gives a stored article to compare with.
func (r *recorder) like(id int64) (like, error) {
	var title, body string
	err := r.row(r.stmts.articleLike, id).Scan(&title, &body)
	return newLike(id, title, body), err
}

// distance is how far two articles are from each other in length.
func distance(a, b like) int { return max(a.chars-b.chars, b.chars-a.chars) }

// nearest sorts articles by how far they are in length from one that is the same as each of them: a reprint of a digest is one of it and not of what it holds.
func nearest(to like, articles []like) {
	slices.SortStableFunc(articles, func(a, b like) int { return distance(to, a) - distance(to, b) })
}
