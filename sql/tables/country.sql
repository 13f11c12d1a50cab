-- One row: a country of 国家地区 as it stood in one night.
CREATE TABLE IF NOT EXISTS country (
    run_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    country VARCHAR,
    aliases VARCHAR,
    hot BOOLEAN,
    belt_road BOOLEAN
);
