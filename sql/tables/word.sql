-- One row: a word that the views say something with, by its code, and its place in its vocabulary, in one night.
CREATE TABLE IF NOT EXISTS word (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    vocabulary VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    code VARCHAR NOT NULL,
    word VARCHAR NOT NULL
);
