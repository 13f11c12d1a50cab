-- One row: a path found below inputs/<year>/ in one night; path is relative to inputs/, size in bytes, filings as read.
CREATE TABLE IF NOT EXISTS file (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR,
    size BIGINT,
    filings BIGINT NOT NULL,
    unit VARCHAR,
    status VARCHAR NOT NULL,
    reason VARCHAR
);
