-- One row: two filings compared and found alike in one night; match_weight in bits, evidence JSON per comparison.
CREATE TABLE IF NOT EXISTS pair (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    pair_id VARCHAR NOT NULL,
    filing_id_l VARCHAR NOT NULL,
    filing_id_r VARCHAR NOT NULL,
    match_probability DOUBLE NOT NULL,
    match_weight DOUBLE NOT NULL,
    outcome VARCHAR NOT NULL,
    reasons VARCHAR NOT NULL,
    evidence VARCHAR,
    verdict VARCHAR,
    note VARCHAR,
    reviewer VARCHAR,
    unclear VARCHAR
);
