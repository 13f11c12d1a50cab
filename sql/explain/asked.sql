-- One row: a thing of the year $year that $what names: a group, a filing or a pair by its id or the beginning of it, a filing also by its 系统项目编号 or by a finding about it, a group by a finding about it; named_by how, the last night that knew it, and whether it counted then.
WITH about AS (
    SELECT filing_id, group_id FROM finding
    WHERE year = $year AND length($what) >= 6 AND starts_with(finding_id, lower($what))
),
named AS (
    SELECT 'group' AS kind, group_id AS id, run_id, 'id' AS named_by, TRUE AS counts
    FROM training_group WHERE year = $year AND starts_with(lower(group_id), lower($what))
    UNION ALL
    SELECT 'filing', filing_id, run_id, 'id', TRUE FROM filing WHERE year = $year AND starts_with(lower(filing_id), lower($what))
    UNION ALL
    SELECT 'filing', filing_id, run_id, 'number', superseded_by IS NULL
    FROM filing WHERE year = $year AND upper(otm_no) = upper($what)
    UNION ALL
    SELECT 'pair', pair_id, run_id, 'id', TRUE FROM pair WHERE year = $year AND starts_with(lower(pair_id), lower($what))
    UNION ALL
    SELECT 'filing', filing_id, run_id, 'finding', TRUE
    FROM filing WHERE year = $year AND filing_id IN (SELECT filing_id FROM about)
    UNION ALL
    SELECT 'group', group_id, run_id, 'finding', TRUE
    FROM training_group WHERE year = $year AND group_id IN (SELECT group_id FROM about WHERE filing_id IS NULL)
)
SELECT
    named.kind, named.id, arg_max(run.run_id, run.number) AS run_id,
    any_value(named.named_by) AS named_by,
    arg_max(named.counts, run.number) AS counts
FROM named
JOIN run ON run.run_id = named.run_id
GROUP BY named.kind, named.id
ORDER BY lower(id) = lower($what) DESC, named.kind, named.id;
