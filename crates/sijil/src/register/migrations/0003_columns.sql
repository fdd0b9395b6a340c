-- Columns: persons as numbers, so that they are counted without reading their records. All of it
-- is derived from the rows of membership, record, capture and judgement, in the transaction that
-- changes those, and can be built anew from them; `sijil verify` does so and compares.

-- What the codes of a column stand for.
CREATE TABLE column_label (
    name TEXT NOT NULL,
    code INTEGER NOT NULL,
    id TEXT,
    label TEXT,
    PRIMARY KEY (name, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX column_label_words ON column_label (name, id, label);

-- Persons by number; `position` of the version that stands, NULL where none does.
CREATE TABLE column_person (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    position INTEGER
) STRICT;

-- Versions of persons in the order in which they came, one number a version, column by column.
CREATE TABLE column_segment (
    name TEXT NOT NULL,
    segment INTEGER NOT NULL,
    codes BLOB NOT NULL,
    PRIMARY KEY (name, segment)
) STRICT, WITHOUT ROWID;

-- Versions of two persons that an open pair of records may show to be one.
CREATE TABLE column_pair (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (a, b, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX column_pair_b ON column_pair (b) WHERE until IS NULL;

-- Records of a person that stand, without a look at other rows.
DROP INDEX membership_person;
CREATE INDEX membership_person ON membership (person, until);
-- Judgements by their second record.
CREATE INDEX judgement_b ON judgement (b_item, b_sheet, b_row);
-- Leaves of the tree, without the bodies between them.
CREATE INDEX ledger_leaf ON ledger (number, leaf);
-- The settings in force, without a look at every capture.
CREATE INDEX capture_settings ON capture (path) WHERE format = 'settings';
