-- Items that only some may see; what rests on them is found by nobody else.
CREATE TABLE seal (
    item TEXT NOT NULL REFERENCES item (id),
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX seal_since ON seal (since);
CREATE INDEX seal_until ON seal (until) WHERE until IS NOT NULL;

-- What can be found: items, documents, claims by their ordinal, and records of persons by their
-- row; with the days that each speaks of and the number of its words. Derived, with the words below, from the rows that it names; `sijil verify` compares.
CREATE TABLE search_entry (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    first TEXT,
    last TEXT,
    length INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX search_entry_item ON search_entry (item) WHERE until IS NULL;

-- Folded words by the number of their entry; the texts themselves are not kept twice.
CREATE VIRTUAL TABLE search_words USING fts5 (
    kind, words, keys, place, party, days, content = '', tokenize = 'ascii'
);
