-- One row: a thing of the year $year that $what names (a group, a filing or a pair, by its id or the beginning of it; a filing also by its 系统项目编号) and the last night that knew it.
WITH named AS (
    SELECT 'group' AS kind, group_id AS id, run_id FROM training_group WHERE year = $year AND starts_with(group_id, $what)
    UNION ALL
    SELECT 'filing', filing_id, run_id FROM filing
    WHERE year = $year AND (starts_with(filing_id, $what) OR upper(otm_no) = upper($what))
    UNION ALL
    SELECT 'pair', pair_id, run_id FROM pair WHERE year = $year AND starts_with(pair_id, $what)
)
SELECT named.kind, named.id, arg_max(run.run_id, (run.started_at, length(run.run_id), run.run_id)) AS run_id
FROM named
JOIN run ON run.run_id = named.run_id
GROUP BY named.kind, named.id
ORDER BY id = $what DESC, named.kind, named.id;
