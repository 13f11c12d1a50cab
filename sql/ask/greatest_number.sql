-- One row: the greatest number that a night has; 0 where there is none.
SELECT coalesce(max(number), 0) AS number FROM run;
