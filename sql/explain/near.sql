-- One row: an id of the last night of the year $year that is most like $what, which is none; the likest first.
WITH last_night AS (SELECT run_id FROM run WHERE year = $year ORDER BY number DESC LIMIT 1),
known AS (
    SELECT 'group' AS kind, group_id AS id, group_id AS like_this FROM training_group WHERE run_id = (FROM last_night)
    UNION ALL
    SELECT 'filing', filing_id, filing_id FROM filing WHERE run_id = (FROM last_night)
    UNION ALL
    SELECT 'filing', otm_no, otm_no FROM filing WHERE run_id = (FROM last_night) AND otm_no IS NOT NULL
    UNION ALL
    SELECT 'pair', pair_id, pair_id FROM pair WHERE run_id = (FROM last_night)
)
SELECT kind, id, min(damerau_levenshtein(upper(like_this), upper($what))) AS apart
FROM known
WHERE length($what) <= 40
GROUP BY kind, id
HAVING apart <= greatest(1, length($what) // 6)
ORDER BY apart, kind, id
LIMIT 5;
