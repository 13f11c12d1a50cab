-- One row: a filing of one night and the group it belonged to.
SELECT filing_id, group_id FROM filing WHERE run_id = $run_id AND group_id IS NOT NULL ORDER BY filing_id;
