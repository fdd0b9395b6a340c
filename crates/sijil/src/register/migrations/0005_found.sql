-- Incidents are found too, and places in the areas that their codes lie in. With this migration, as
-- with any, the index is built anew.

-- Items that an incident rests on, by the number of its entry: if one of them is sealed, it is found
-- by nobody who may not see that.
CREATE TABLE search_basis (
    number INTEGER NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (number, item)
) STRICT, WITHOUT ROWID;
