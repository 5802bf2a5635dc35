-- Times are RFC 3339 in UTC, dates YYYY-MM-DD. docs/schema.md explains every column.
CREATE TABLE sources (
    id                   TEXT PRIMARY KEY,
    name                 TEXT NOT NULL DEFAULT '',
    url                  TEXT,
    region_code          TEXT,
    state                TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'changed', 'failing', 'removed')),
    last_run_at          TEXT,
    last_success_at      TEXT,
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    last_error           TEXT,
    usual_rows           REAL
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
    id             INTEGER PRIMARY KEY,
    source_id      TEXT NOT NULL REFERENCES sources (id),
    url            TEXT,
    url_key        TEXT,
    title          TEXT NOT NULL,
    body           TEXT NOT NULL,
    published_on   TEXT CHECK (published_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    published_at   TEXT,
    publisher      TEXT,
    author         TEXT,
    char_count     INTEGER NOT NULL,
    content_hash   TEXT NOT NULL,
    original_id    INTEGER REFERENCES articles (id),
    first_seen_at  TEXT NOT NULL,
    last_seen_at   TEXT NOT NULL,
    revision       INTEGER NOT NULL DEFAULT 1,
    parser_version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX articles_url_key ON articles (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX articles_content_hash ON articles (content_hash);
CREATE INDEX articles_source ON articles (source_id);
CREATE INDEX articles_newest ON articles (coalesce(published_on, substr(first_seen_at, 1, 10)), id);
CREATE INDEX articles_original ON articles (original_id) WHERE original_id IS NOT NULL;
CREATE INDEX articles_without_url ON articles (source_id, title) WHERE url_key IS NULL;

CREATE TABLE sightings (
    id           INTEGER PRIMARY KEY,
    article_id   INTEGER NOT NULL REFERENCES articles (id),
    source_id    TEXT NOT NULL REFERENCES sources (id),
    url          TEXT,
    title        TEXT NOT NULL,
    published_on TEXT,
    seen_at      TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('new', 'same', 'copy', 'reprint', 'revision'))
) STRICT;
CREATE INDEX sightings_article ON sightings (article_id, source_id);

CREATE TABLE revisions (
    article_id   INTEGER NOT NULL REFERENCES articles (id),
    revision     INTEGER NOT NULL,
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,
    published_on TEXT,
    content_hash TEXT NOT NULL,
    replaced_at  TEXT NOT NULL,
    PRIMARY KEY (article_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE sections (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number     INTEGER NOT NULL,
    heading    TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id           INTEGER PRIMARY KEY,
    source_id    TEXT NOT NULL REFERENCES sources (id),
    started_at   TEXT NOT NULL,
    finished_at  TEXT,
    status       TEXT NOT NULL CHECK (status IN ('running', 'ok', 'partial', 'failed', 'interrupted')),
    listed       INTEGER NOT NULL DEFAULT 0,
    fetched      INTEGER NOT NULL DEFAULT 0,
    not_modified INTEGER NOT NULL DEFAULT 0,
    new          INTEGER NOT NULL DEFAULT 0,
    updated      INTEGER NOT NULL DEFAULT 0,
    copies       INTEGER NOT NULL DEFAULT 0,
    reprints     INTEGER NOT NULL DEFAULT 0,
    failed       INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    error        TEXT
) STRICT;
CREATE INDEX runs_source ON runs (source_id, started_at);

CREATE TABLE pages (
    source_id     TEXT NOT NULL REFERENCES sources (id),
    url_key       TEXT NOT NULL,
    url           TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('list', 'article')),
    state         TEXT NOT NULL CHECK (state IN ('due', 'done', 'failed', 'gone')),
    etag          TEXT,
    last_modified TEXT,
    status        INTEGER,
    fetched_at    TEXT,
    next_at       TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    last_error    TEXT,
    listed_title  TEXT,
    listed_on     TEXT,
    PRIMARY KEY (source_id, url_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_waiting ON pages (source_id, next_at) WHERE state IN ('due', 'failed');

CREATE VIEW news AS
SELECT a.id, a.published_on, a.title, a.body, s.name AS source, s.region_code, a.publisher, a.url, a.char_count,
       (SELECT count(*) FROM articles r WHERE r.original_id = a.id) AS reprints,
       (SELECT count(*) FROM sightings c WHERE c.article_id = a.id AND c.kind = 'copy') AS copies,
       a.first_seen_at
FROM articles a JOIN sources s ON s.id = a.source_id
WHERE a.original_id IS NULL;
