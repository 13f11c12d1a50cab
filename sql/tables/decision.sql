-- One row: a thing that a reviewer typed, once and for good (append-only); run_id is the night that read it, applied and
-- why_not are what came of it that night (see decision_standing for the others). number and shown_number are the numbers of the
-- nights run_id and shown_in; the order of decisions is said here alone, since a decision outlives its nights.
CREATE TABLE IF NOT EXISTS decision (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    number BIGINT NOT NULL,
    decision_id VARCHAR NOT NULL,
    about VARCHAR,
    kind VARCHAR,
    verdict VARCHAR,
    note VARCHAR,
    reviewer VARCHAR,
    decided_at TIMESTAMP NOT NULL,
    value VARCHAR,
    filing_id_l VARCHAR,
    filing_id_r VARCHAR,
    shown_in VARCHAR,
    shown_number BIGINT,
    source VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row BIGINT NOT NULL,
    problem VARCHAR,
    reason VARCHAR,
    applied BOOLEAN NOT NULL,
    why_not VARCHAR,
    to_unit VARCHAR
);
