-- The new fingerprints, one row an article: written at the end of the table, and looked up in memory.
DROP TABLE fingerprints_recent;
CREATE TABLE fingerprints_recent (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL,
    hashes     TEXT NOT NULL
) STRICT;
-- What is moved out of there goes into this table first, and into the large one when this one is ten times as large: a move rewrites all of the table that it leads to.
CREATE TABLE fingerprints_middle (
    hash       INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE section_spans (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number     INTEGER NOT NULL,
    heading_start  INTEGER NOT NULL,
    heading_length INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    length     INTEGER NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO section_spans (article_id, number, heading_start, heading_length, start, length)
SELECT s.article_id, s.number, max(instr(a.body, s.heading) - 1, 0), length(s.heading), max(instr(a.body, s.body) - 1, 0), length(s.body) FROM sections s JOIN articles a ON a.id = s.article_id;
DROP TABLE sections;
CREATE VIEW sections AS
SELECT s.article_id, s.number, substr(a.body, s.heading_start + 1, s.heading_length) AS heading, substr(a.body, s.start + 1, s.length) AS body FROM section_spans s JOIN articles a ON a.id = s.article_id;
DROP INDEX articles_without_url;
CREATE INDEX articles_without_url ON articles (source_id, title) WHERE url_key IS NULL AND source_id <> 'ingest';
CREATE INDEX articles_news ON articles (published_on, id) WHERE original_id IS NULL;
CREATE INDEX articles_source_newest ON articles (source_id, coalesce(published_on, substr(first_seen_at, 1, 10)), id);
DROP INDEX articles_source;
DROP INDEX articles_newest;
CREATE INDEX articles_newest ON articles (coalesce(published_on, substr(first_seen_at, 1, 10)), id, char_count);
CREATE INDEX articles_undated ON articles (id) WHERE published_on IS NULL;
