-- One row: a pair of the night $run_id of which at least one filing is among $ids, the likeliest first.
SELECT * FROM pair
WHERE run_id = $run_id AND (list_contains($ids, filing_id_l) OR list_contains($ids, filing_id_r))
ORDER BY match_weight DESC, pair_id;
