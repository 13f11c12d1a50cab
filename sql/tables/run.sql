-- One row: a night; the counts are those that its last lines print.
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
    groups BIGINT NOT NULL
);
