-- One row: a finding for all of which a reviewer let a group into the plan: with the clause, why, by whom and when.
CREATE OR REPLACE VIEW plan_exception AS
SELECT r.*, w.word AS level
FROM plan_remark AS r
LEFT JOIN current_word AS w ON w.vocabulary = 'severity' AND w.code = r.severity
WHERE r.excepted
ORDER BY r.seq, r.clause, r.finding_id;
