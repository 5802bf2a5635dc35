package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// statements are the prepared statements of the writer's one connection.
type statements struct {
	ensureSource, pageByKey, pageDone, pageFailed, pageNew, pageRelisted, articleByKey, articleByHash, articleLikeIt, articleInsert, articleSeen, articleComplete, articleReread, articleAdopt,
	articleRevise, revisionInsert, sightingSeen, sightingInsert, sectionsDelete, sectionInsert, pageNext, articlesCompared, articlesKnown, articleBody, articleLike, articleMove, articleGroup, articleByID, printsSettled, printsInsert, printsDelete, printsDeleteMiddle, recentBounds, recentSince, anySettled, indexInsert, indexDelete *sql.Stmt
}

func (s *statements) list() []struct {
	stmt **sql.Stmt
	text string
} {
	return []struct {
		stmt **sql.Stmt
		text string
	}{
		{&s.ensureSource, `INSERT INTO sources (id, name) VALUES (?1, ?1) ON CONFLICT (id) DO NOTHING`},
		{&s.pageByKey, `SELECT state, listed_title, listed_on FROM pages WHERE source_id = ? AND url_key = ?`},
		{&s.pageDone, `INSERT INTO pages (source_id, url_key, url, kind, state, etag, last_modified, status, fetched_at, reading)
			VALUES (?1, ?2, ?3, ?4, 'done', ?5, ?6, ?7, ?8, ?9)
			ON CONFLICT (source_id, url_key) DO UPDATE SET state = 'done', etag = ?5, last_modified = ?6, status = ?7, fetched_at = ?8, reading = ?9, next_at = NULL, failures = 0, last_error = NULL`},
		{&s.pageFailed, `INSERT INTO pages (source_id, url_key, url, kind, state, status, fetched_at, next_at, failures, last_error)
			VALUES (?1, ?2, ?3, ?4, 'failed', ?5, ?6, ?7, 1, ?8)
			ON CONFLICT (source_id, url_key) DO UPDATE SET status = ?5, fetched_at = ?6, failures = failures + 1, last_error = ?8,
			state = iif(failures + 1 >= ` + giveUpAfter + `, 'gone', 'failed'),
			next_at = iif(failures + 1 >= ` + giveUpAfter + `, NULL, strftime('%Y-%m-%dT%H:%M:%SZ', ?6, ` + retryAfter + `))`},
		{&s.pageNew, `INSERT INTO pages (source_id, url_key, url, kind, state, listed_title, listed_on) VALUES (?, ?, ?, 'article', ?, ?, ?)`},
		{&s.pageRelisted, `UPDATE pages SET listed_title = ?3, listed_on = ?4, state = iif(?5, 'due', state), next_at = iif(?5, NULL, next_at) WHERE source_id = ?1 AND url_key = ?2`},
		{&s.pageNext, `INSERT INTO pages (source_id, url_key, url, kind, state) VALUES (?, ?, ?, 'list', 'due')
			ON CONFLICT (source_id, url_key) DO UPDATE SET state = 'due', next_at = NULL WHERE kind = 'list'`},
		{&s.articleByKey, `SELECT ` + storedColumns + ` FROM articles WHERE url_key = ?`},
		{&s.articleByHash, `SELECT ` + storedColumns + `, url_key, source_id FROM articles WHERE content_hash = ? ORDER BY id LIMIT 1`},
		{&s.articleLikeIt, `SELECT ` + storedColumns + `, body FROM articles WHERE source_id = ? AND source_id <> 'ingest' AND title = ? AND url_key IS NULL AND published_on IS ? ORDER BY id DESC LIMIT 1`},
		{&s.articleInsert, `INSERT INTO articles (source_id, url, url_key, title, body, published_on, published_at, publisher, author, char_count, content_hash, first_seen_at, last_seen_at, parser_version, original_id)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, nullif(?14, 0))`},
		{&s.articlesKnown, `SELECT j.value FROM json_each(?1) j WHERE EXISTS (SELECT 1 FROM articles WHERE content_hash = j.value) OR EXISTS (SELECT 1 FROM articles WHERE url_key = j.value)`},
		{&s.articlesCompared, `SELECT a.id, coalesce(a.original_id, a.id), a.title, a.body
			FROM json_each(?1) j CROSS JOIN articles a ON a.id = j.value ->> 0
			WHERE EXISTS (SELECT 1 FROM articles l INDEXED BY articles_length WHERE l.id = j.value ->> 0 AND l.char_count <= j.value ->> 1) ORDER BY j.key`},
		{&s.articleBody, `SELECT body FROM articles WHERE id = ?`},
		{&s.articleLike, `SELECT title, body FROM articles WHERE id = ?`},
		{&s.articleMove, `UPDATE articles SET original_id = nullif(?2, id) WHERE id = ?1`},
		{&s.articleGroup, `SELECT id, min(day, copied), iif(day <= copied, coalesce(published_at, ''), '')
			FROM (SELECT id, published_at, ` + articleDay + ` AS day, coalesce((SELECT min(s.published_on) FROM sightings s WHERE s.article_id = articles.id AND s.kind = 'copy'
				AND s.id > coalesce((SELECT max(v.id) FROM sightings v WHERE v.article_id = articles.id AND v.kind = 'revision'), 0)), '9999') AS copied
			FROM articles WHERE id = ?1 OR original_id = ?2) ORDER BY id`},
		{&s.articleByID, `SELECT ` + storedColumns + `, body FROM articles WHERE id = ?`},
		{&s.printsSettled, printsSettled},
		{&s.printsInsert, `INSERT INTO fingerprints_recent (article_id, hashes) VALUES (?, ?)`},
		{&s.anySettled, `SELECT EXISTS (SELECT 1 FROM fingerprints) OR EXISTS (SELECT 1 FROM fingerprints_middle)`},
		{&s.recentBounds, `SELECT coalesce((SELECT min(id) FROM fingerprints_recent), 0), coalesce((SELECT max(id) FROM fingerprints_recent), 0)`},
		{&s.recentSince, `SELECT id, article_id, hashes FROM fingerprints_recent WHERE id > ? ORDER BY id`},
		{&s.printsDeleteMiddle, `DELETE FROM fingerprints_middle WHERE hash IN (SELECT value FROM json_each(?1)) AND article_id = ?2`},
		{&s.printsDelete, `DELETE FROM fingerprints WHERE hash IN (SELECT value FROM json_each(?1)) AND article_id = ?2`},
		{&s.articleSeen, `UPDATE articles SET last_seen_at = max(last_seen_at, ?2) WHERE id = ?1`},
		{&s.articleComplete, `UPDATE articles SET last_seen_at = max(last_seen_at, ?2), published_on = coalesce(published_on, ?3), published_at = coalesce(published_at, ?4), publisher = coalesce(publisher, ?5),
			author = coalesce(author, ?6) WHERE id = ?1`},
		{&s.articleReread, `UPDATE articles SET last_seen_at = max(last_seen_at, ?2), published_on = coalesce(?3, published_on), published_at = coalesce(?4, published_at), publisher = coalesce(?5, publisher),
			author = coalesce(?6, author), parser_version = ?7, title = ?8, body = ?9, char_count = ?10 WHERE id = ?1`},
		{&s.articleAdopt, `UPDATE articles SET url = ?2, url_key = ?3 WHERE id = ?1`},
		{&s.articleRevise, `UPDATE articles SET title = ?2, body = ?3, published_on = coalesce(?4, published_on), published_at = coalesce(?5, published_at), publisher = coalesce(?6, publisher),
			author = coalesce(?7, author), char_count = ?8, content_hash = ?9, last_seen_at = max(last_seen_at, ?10), parser_version = ?11, revision = revision + 1 WHERE id = ?1`},
		{&s.revisionInsert, `INSERT INTO revisions (article_id, revision, title, body, published_on, content_hash, replaced_at)
			SELECT id, revision, title, body, published_on, content_hash, ?2 FROM articles WHERE id = ?1`},
		{&s.sightingSeen, `UPDATE sightings SET seen_at = max(seen_at, ?4), published_on = coalesce(?5, published_on) WHERE article_id = ?1 AND source_id = ?2 AND url IS ?3 AND kind <> 'revision'`},
		{&s.sightingInsert, `INSERT INTO sightings (article_id, source_id, url, title, published_on, seen_at, kind) VALUES (?, ?, ?, ?, ?, ?, ?)`},
		{&s.indexInsert, indexInsert},
		{&s.indexDelete, indexDelete},
		{&s.sectionsDelete, `DELETE FROM section_spans WHERE article_id = ?`},
		{&s.sectionInsert, `INSERT INTO section_spans (article_id, number, heading_start, heading_length, start, length) VALUES (?, ?, ?, ?, ?, ?)`},
	}
}

func prepare(ctx context.Context, conn *sql.DB) (*statements, error) {
	s := &statements{}
	for _, one := range s.list() {
		stmt, err := conn.PrepareContext(ctx, one.text)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %.60s…: %w", one.text, err), s.close())
		}
		*one.stmt = stmt
	}
	return s, nil
}

func (s *statements) close() error {
	var errs []error
	for _, one := range s.list() {
		if *one.stmt != nil {
			errs = append(errs, (*one.stmt).Close())
		}
	}
	return errors.Join(errs...)
}
