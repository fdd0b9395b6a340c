-- The first form of the store. Every row that can be superseded carries the ledger entries
-- `since` (that brought it) and `until` (that took its place); nothing is ever deleted.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Entries as they were hashed; `leaf` is the RFC 6962 leaf hash of the entry's canonical bytes.
CREATE TABLE ledger (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    leaf BLOB NOT NULL
) STRICT;

-- One signed head a transaction.
CREATE TABLE head (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How bytes came in: `path` below the folder `origin`, and what they were taken for under that
-- name. A newer capture of the same path of the same folder supersedes the older one.
CREATE TABLE capture (
    origin TEXT NOT NULL,
    path TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES item (id),
    format TEXT NOT NULL,
    taken_in TEXT NOT NULL,
    by TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (origin, path, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_item ON capture (item);

-- One reading of one item, as one format, by one state of the reader (program version and settings).
CREATE TABLE reading (
    item TEXT NOT NULL REFERENCES item (id),
    reader TEXT NOT NULL,
    format TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    item TEXT NOT NULL REFERENCES item (id),
    text TEXT NOT NULL,
    body INTEGER NOT NULL,
    title TEXT,
    outlet TEXT,
    url TEXT,
    published TEXT,
    language TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, since)
) STRICT, WITHOUT ROWID;

-- What a document says; `kind` is claim, attribution, response or flag, `body` its JSON.
CREATE TABLE statement (
    item TEXT NOT NULL REFERENCES item (id),
    kind TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    body TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, kind, ordinal, since)
) STRICT, WITHOUT ROWID;

-- A table that was read, and how its columns were.
CREATE TABLE listing (
    item TEXT NOT NULL REFERENCES item (id),
    sheet TEXT NOT NULL,
    mapping TEXT NOT NULL,
    records INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, sheet, since)
) STRICT, WITHOUT ROWID;

-- One victim as one list or text gives them: the record as JSON, the row's cells beside it.
CREATE TABLE record (
    item TEXT NOT NULL REFERENCES item (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    body TEXT NOT NULL,
    cells TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, sheet, row, since)
) STRICT, WITHOUT ROWID;

-- Which record stands for which person.
CREATE TABLE membership (
    item TEXT NOT NULL,
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    person TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (item, sheet, row, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_person ON membership (person);

-- Decisions on pairs of records. `verdict` is same or open; `rule` names the rule that decided,
-- `user` the human who did: exactly one of the two is given.
CREATE TABLE judgement (
    a_item TEXT NOT NULL,
    a_sheet TEXT NOT NULL,
    a_row INTEGER NOT NULL,
    b_item TEXT NOT NULL,
    b_sheet TEXT NOT NULL,
    b_row INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'open')),
    probability REAL NOT NULL,
    why TEXT NOT NULL,
    rule TEXT,
    user TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    CHECK ((rule IS NULL) <> (user IS NULL)),
    PRIMARY KEY (a_item, a_sheet, a_row, b_item, b_sheet, b_row, since)
) STRICT, WITHOUT ROWID;

-- What could not be taken in (`stage` walk: no item) or read (`stage` read).
CREATE TABLE problem (
    origin TEXT NOT NULL,
    file TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('walk', 'read')),
    item TEXT REFERENCES item (id),
    place TEXT NOT NULL,
    message TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX problem_item ON problem (item);

-- Rows by the entries that brought and ended them: each entry carries a digest over both.
CREATE INDEX item_since ON item (since);
CREATE INDEX capture_since ON capture (since);
CREATE INDEX capture_until ON capture (until) WHERE until IS NOT NULL;
CREATE INDEX reading_since ON reading (since);
CREATE INDEX reading_until ON reading (until) WHERE until IS NOT NULL;
CREATE INDEX document_since ON document (since);
CREATE INDEX document_until ON document (until) WHERE until IS NOT NULL;
CREATE INDEX statement_since ON statement (since);
CREATE INDEX statement_until ON statement (until) WHERE until IS NOT NULL;
CREATE INDEX listing_since ON listing (since);
CREATE INDEX listing_until ON listing (until) WHERE until IS NOT NULL;
CREATE INDEX record_since ON record (since);
CREATE INDEX record_until ON record (until) WHERE until IS NOT NULL;
CREATE INDEX membership_since ON membership (since);
CREATE INDEX membership_until ON membership (until) WHERE until IS NOT NULL;
CREATE INDEX judgement_since ON judgement (since);
CREATE INDEX judgement_until ON judgement (until) WHERE until IS NOT NULL;
CREATE INDEX problem_since ON problem (since);
CREATE INDEX problem_until ON problem (until) WHERE until IS NOT NULL;
