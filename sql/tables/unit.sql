-- One row: a unit of 单位名录 as it stood in one night.
CREATE TABLE IF NOT EXISTS unit (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    unit VARCHAR,
    aliases VARCHAR,
    level VARCHAR,
    region VARCHAR,
    system VARCHAR,
    nature VARCHAR,
    foreign_affairs BOOLEAN,
    vertical BOOLEAN,
    has_budget BOOLEAN
);
