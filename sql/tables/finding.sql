-- One row: a problem found in one night; cell in A1 form, column the title on paper, value as filed, words those of its texts on
-- which it rests, joined by ；; unclear what stands in the place of a verdict and is none.
CREATE TABLE IF NOT EXISTS finding (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    rule_id VARCHAR NOT NULL,
    clause VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    unit VARCHAR,
    file VARCHAR,
    sheet VARCHAR,
    cell VARCHAR,
    "column" VARCHAR,
    value VARCHAR,
    message VARCHAR NOT NULL,
    advice VARCHAR NOT NULL,
    filing_id VARCHAR,
    group_id VARCHAR,
    status VARCHAR NOT NULL,
    verdict VARCHAR,
    note VARCHAR,
    reviewer VARCHAR,
    words VARCHAR,
    to_unit VARCHAR,
    unclear VARCHAR
);
