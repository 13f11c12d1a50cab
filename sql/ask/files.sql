-- One row: a path that one night found, its bytes and what became of it.
SELECT path, sha256, status FROM file WHERE run_id = $run_id ORDER BY path;
