-- One row: a number of the year's notice as it stood in one night (people, days, characters, shares).
CREATE TABLE IF NOT EXISTS notice_limit (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    value DOUBLE NOT NULL
);
