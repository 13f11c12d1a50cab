-- One row: a unit taking part in one filing, in one night.
CREATE TABLE IF NOT EXISTS participant (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    filing_id VARCHAR,
    file VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row BIGINT NOT NULL,
    seq BIGINT,
    participant VARCHAR,
    region VARCHAR,
    system VARCHAR,
    participants BIGINT,
    budgeted BOOLEAN
);
