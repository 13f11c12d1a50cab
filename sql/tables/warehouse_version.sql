-- One row: a version that this warehouse has been; the highest is the one that it is.
CREATE TABLE IF NOT EXISTS warehouse_version (
    version INTEGER NOT NULL
);
