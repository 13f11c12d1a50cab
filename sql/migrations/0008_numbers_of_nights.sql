-- Why: the nights have an order of their own, whatever the clock of the machine said. Those that were there are numbered in
-- the order of their clocks, by which they were told apart until now. A table is made anew, since a column that may not be
-- missing cannot be added to one that has rows.
CREATE TABLE numbered_run AS
SELECT row_number() OVER (ORDER BY started_at, length(run_id), run_id) AS number, * FROM run;
DROP TABLE run;
CREATE TABLE run (
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
INSERT INTO run BY NAME SELECT * FROM numbered_run;
DROP TABLE numbered_run;
