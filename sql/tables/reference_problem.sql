-- One row: a thing that is wrong in a reference workbook as it stood in one night.
CREATE TABLE IF NOT EXISTS reference_problem (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    problem_id VARCHAR NOT NULL,
    place BIGINT NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR,
    cell VARCHAR,
    "column" VARCHAR,
    value VARCHAR,
    message VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    advice VARCHAR NOT NULL
);
