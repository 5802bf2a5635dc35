-- By which near-duplicates are found: hashes of shingles of the articles' sentences. New ones are collected in a small table and moved into the large one in order.
CREATE TABLE fingerprints (
    hash       INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE fingerprints_recent (
    hash       INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
