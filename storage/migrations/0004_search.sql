-- Every character of the folded title and body is a term of its own, so that a word of any length is a phrase. Contentless: the texts stand in articles alone. The body comes
-- first, since the positions of the first column take less room. rowid = days since 0001-01-01 << 25 | 1 << 24 where it is an original | article id: the newest has the largest.
CREATE VIRTUAL TABLE search USING fts5(body, title, content='', tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'");
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432), ('automerge', 8);
