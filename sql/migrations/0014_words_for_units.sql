-- Why: a reviewer may have something to say to the unit, and a word that is no verdict stays in its row until somebody mends it.
ALTER TABLE decision ADD COLUMN IF NOT EXISTS to_unit VARCHAR;
ALTER TABLE decision_reading ADD COLUMN IF NOT EXISTS to_unit VARCHAR;
ALTER TABLE finding ADD COLUMN IF NOT EXISTS to_unit VARCHAR;
ALTER TABLE finding ADD COLUMN IF NOT EXISTS unclear VARCHAR;
ALTER TABLE pair ADD COLUMN IF NOT EXISTS unclear VARCHAR;
