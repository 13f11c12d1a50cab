-- Why: the views take their words, and the order of these, from the program and from the notice of the year.
CREATE TABLE IF NOT EXISTS word (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    vocabulary VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    word VARCHAR NOT NULL
);
