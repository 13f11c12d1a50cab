-- Why: how many people a group is, by its lead and by its other filings, is counted once, where its values are merged. The
-- groups of earlier nights do not know.
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS people BIGINT;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS shares_in_all BIGINT;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS larger_headcount BIGINT;
