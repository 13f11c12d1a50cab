-- One row: a finding of the year $year whose id begins with $what and that is about no filing and no group that are known, as the last night that had it showed it.
SELECT f.finding_id, f.file, f.sheet, f.unit, f.severity, f.status, f.message, f.run_id = (
    SELECT max_by(l.run_id, l.number) FROM run AS l WHERE l.year = $year
) AS stands
FROM finding AS f
JOIN run AS r ON r.run_id = f.run_id
WHERE f.year = $year AND length($what) >= 6 AND starts_with(f.finding_id, lower($what))
QUALIFY row_number() OVER (PARTITION BY f.finding_id ORDER BY r.number DESC) = 1
ORDER BY f.finding_id;
