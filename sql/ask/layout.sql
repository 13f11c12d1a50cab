-- One row: a column of a table of the warehouse, with its SQL type and whether it may be missing.
SELECT c.table_name, c.column_name, c.data_type, c.is_nullable
FROM duckdb_columns() AS c
JOIN duckdb_tables() AS t ON t.table_oid = c.table_oid AND t.database_name = c.database_name
WHERE c.database_name = current_database() AND c.schema_name = 'main' AND NOT c.internal
ORDER BY c.table_name, c.column_index;
