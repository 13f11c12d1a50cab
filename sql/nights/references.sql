-- One row: a row of a reference workbook that stands in one of the nights $before and $now alone; a row that was changed is there
-- twice. name: the unit, institution, country or number that it is about; also_about the unit of last year's project.
WITH told AS (
    SELECT run_id, 'units' AS workbook, unit AS name, NULL AS also_about, row(*COLUMNS(unit.* EXCLUDE (run_id, year)))::VARCHAR AS said
    FROM unit
    UNION ALL
    SELECT run_id, 'institutions', institution, NULL, row(*COLUMNS(institution.* EXCLUDE (run_id, year)))::VARCHAR FROM institution
    UNION ALL
    SELECT run_id, 'countries', country, NULL, row(*COLUMNS(country.* EXCLUDE (run_id, year)))::VARCHAR FROM country
    UNION ALL
    SELECT run_id, 'quotas', concat_ws(' ', scope, nullif(name, scope)), NULL, row(*COLUMNS(quota.* EXCLUDE (run_id, year)))::VARCHAR FROM quota
    UNION ALL
    SELECT run_id, 'last_year', otm_no, organiser, row(*COLUMNS(last_year.* EXCLUDE (run_id, year)))::VARCHAR FROM last_year
),
then_told AS (SELECT * EXCLUDE (run_id) FROM told WHERE run_id = $before),
now_told AS (SELECT * EXCLUDE (run_id) FROM told WHERE run_id = $now)
SELECT 'gone' AS change, workbook, name, also_about FROM (FROM then_told EXCEPT ALL FROM now_told)
UNION ALL
SELECT 'new', workbook, name, also_about FROM (FROM now_told EXCEPT ALL FROM then_told)
ORDER BY workbook, name, change DESC;
