-- One row: a group (or a filing that is in none) with a filing whose 项目名称 has $what in it, the last night of the year $year that knew such a one, whether that is the year's last, the title and who filed it; those that are so called exactly come first.
WITH last_night AS (SELECT max(number) AS number FROM run WHERE year = $year),
called AS (
    SELECT
        f.*, r.number AS night,
        regexp_replace(lower(f.title), '\s', '', 'g') AS plain,
        regexp_replace(lower($what), '\s', '', 'g') AS wanted
    FROM filing AS f
    JOIN run AS r ON r.run_id = f.run_id
    WHERE f.year = $year AND f.title IS NOT NULL
)
SELECT
    CASE WHEN group_id IS NULL THEN 'filing' ELSE 'group' END AS kind,
    coalesce(group_id, filing_id) AS id,
    arg_max(run_id, night) AS run_id,
    max(night) = any_value(last_night.number) AS is_last,
    bool_or(plain = wanted) AS exactly,
    arg_max(title, night) AS title,
    arg_max(unit, night) AS unit
FROM called, last_night
WHERE wanted <> '' AND contains(plain, wanted)
GROUP BY kind, id
ORDER BY exactly DESC, title, id;
