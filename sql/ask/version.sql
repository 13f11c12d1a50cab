-- One row: the version that the warehouse is.
SELECT max(version) FROM warehouse_version;
