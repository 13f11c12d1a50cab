-- One row: the file $path as the night $run_id found it.
SELECT path, sha256, size, unit, status, reason, filings FROM file WHERE run_id = $run_id AND path = $path;
