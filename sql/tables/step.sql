-- One row: a step of one night, by its place in the order in which they began; rows of the table that it was about, in and out,
-- seconds, the most bytes that the program had held when it ended, and the most that one of its workers had.
CREATE TABLE IF NOT EXISTS step (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    place BIGINT NOT NULL,
    step VARCHAR NOT NULL,
    began_at TIMESTAMP NOT NULL,
    seconds DOUBLE NOT NULL,
    rows_in BIGINT,
    rows_out BIGINT,
    peak_bytes BIGINT NOT NULL,
    worker_bytes BIGINT
);
