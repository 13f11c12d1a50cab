-- One row: the night $run_id, and when the last night of its year was.
SELECT r.run_id, r.year, r.started_at,
    (SELECT max_by(l.started_at, l.number) FROM run AS l WHERE l.year = r.year) AS last_night,
    r.number = (SELECT max(l.number) FROM run AS l WHERE l.year = r.year) AS is_last
FROM run AS r
WHERE r.run_id = $run_id;
