-- What the crawler knows of hosts over restarts, how far a failing source is put off, and by which rules a page was read whose validators are kept.
CREATE TABLE hosts (
    host        TEXT PRIMARY KEY,
    delay_ms    INTEGER NOT NULL DEFAULT 0,
    latency_ms  INTEGER NOT NULL DEFAULT 0,
    hold_until  TEXT,
    changed_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE robots (
    origin     TEXT PRIMARY KEY,
    status     INTEGER NOT NULL,
    body       BLOB NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE pages ADD COLUMN reading TEXT;
ALTER TABLE sources ADD COLUMN put_off_until TEXT;
CREATE INDEX pages_gone ON pages (source_id) WHERE state = 'gone';
