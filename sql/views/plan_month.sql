-- One row: a month (1 to 12) in which groups of the plan set out, and their people; missing where no day was filed.
CREATE OR REPLACE VIEW plan_month AS
SELECT month(start_date) AS month, count(*) AS groups, coalesce(sum(headcount), 0)::BIGINT AS people
FROM plan
GROUP BY month
ORDER BY month NULLS LAST;
