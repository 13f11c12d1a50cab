-- Why: how long a night takes and what it needs grows with the season, and is seen before it hurts where each step wrote it down.
-- Of the steps of earlier nights nobody knows.
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
