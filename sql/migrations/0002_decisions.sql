-- Why: what reviewers type is kept for good, with what came of it each night and which workbooks were looked through.
CREATE TABLE IF NOT EXISTS decision (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
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
    source VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row BIGINT NOT NULL,
    problem VARCHAR,
    reason VARCHAR,
    applied BOOLEAN NOT NULL,
    why_not VARCHAR
);
CREATE TABLE IF NOT EXISTS decision_standing (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    decision_id VARCHAR NOT NULL,
    applied BOOLEAN NOT NULL,
    why_not VARCHAR
);
CREATE TABLE IF NOT EXISTS decision_workbook (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    path VARCHAR NOT NULL,
    sha256 VARCHAR,
    shown_in VARCHAR,
    typed BIGINT NOT NULL,
    problem VARCHAR
);
