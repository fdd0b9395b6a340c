-- Entities: sources, parties, affiliations, incidents, responses, judgements, editions. `body` is
-- the JSON of the kind, `basis` the JSON list of what it rests on; `rule` names the rule that put
-- it so, `user` the human who did: exactly one of the two is given.
CREATE TABLE entity (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    basis TEXT NOT NULL,
    rule TEXT,
    user TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    CHECK ((rule IS NULL) <> (user IS NULL)),
    PRIMARY KEY (kind, id, since)
) STRICT;
-- With row ids: a coded incident has more than a kilobyte, of which a table without them would put
-- all but a part on a page of its own. The index gives rows in the order in which they are hashed.
CREATE INDEX entity_since ON entity (since, kind, id);
CREATE INDEX entity_until ON entity (until) WHERE until IS NOT NULL;
