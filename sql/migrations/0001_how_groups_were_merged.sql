-- Why: a group tells how many people its filings give it, where values that are not its lead's came from, and why it leads.
-- The groups of earlier nights do not know.
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS participants_sum BIGINT;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS shares_sum BIGINT;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS value_sources VARCHAR;
ALTER TABLE training_group ADD COLUMN IF NOT EXISTS lead_reason VARCHAR;
