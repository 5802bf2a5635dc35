-- Tells, without a look at the article's own page, whether a text is short enough for what it shares with another.
CREATE INDEX articles_length ON articles (id, char_count);
