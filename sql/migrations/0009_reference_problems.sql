-- Why: what is wrong in the reference workbooks is told with its cell, and what rests on it is held.
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
