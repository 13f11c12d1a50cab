-- One row: an overseas institution of 境外机构名录 as it stood in one night.
CREATE TABLE IF NOT EXISTS institution (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    institution VARCHAR,
    foreign_name VARCHAR,
    aliases VARCHAR,
    country VARCHAR,
    formal_cooperation BOOLEAN
);
