-- Why: a decision outlives the nights that read it and that wrote the workbook it stands in, so it tells itself their numbers. A
-- table is made anew, since a column that may not be missing cannot be added to one that has rows.
CREATE TABLE numbered_decision AS
SELECT d.*, r.number, s.number AS shown_number
FROM decision AS d
JOIN run AS r ON r.run_id = d.run_id
LEFT JOIN run AS s ON s.run_id = d.shown_in;
DROP TABLE decision;
CREATE TABLE decision (
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
    why_not VARCHAR
);
INSERT INTO decision BY NAME FROM numbered_decision;
DROP TABLE numbered_decision;
