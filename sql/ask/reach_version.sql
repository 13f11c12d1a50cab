-- No row: writes down which version the warehouse has reached.
INSERT INTO warehouse_version (version) VALUES ($version);
