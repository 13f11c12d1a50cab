-- One row: a night; the counts are those that its last lines print. program and yearbook are hashes: of the program with its
-- libraries, and of the year's data (notice, form, titles, spellings, linking) that it was made with.
CREATE TABLE IF NOT EXISTS run (
    run_id VARCHAR NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    number BIGINT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    status VARCHAR NOT NULL,
    files BIGINT NOT NULL,
    filings BIGINT NOT NULL,
    included BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    held BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    prohibited BIGINT NOT NULL,
    excluded BIGINT NOT NULL,
    superseded BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    groups BIGINT NOT NULL,
    program VARCHAR,
    yearbook VARCHAR
);
