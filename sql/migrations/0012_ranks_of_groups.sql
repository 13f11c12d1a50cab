-- Why: the plan is ranked, and each group says where it stands and why. The groups of earlier nights do not know.
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS rank BIGINT;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS points DOUBLE;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS ranked_by VARCHAR;
