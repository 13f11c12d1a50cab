-- One row: a filing of the night $run_id with one of the ids $ids: what it is called and where it stands.
SELECT filing_id, title, organiser, unit, file, row, group_id FROM filing
WHERE run_id = $run_id AND list_contains($ids, filing_id);
