-- Why: whether a group is otherwise because the rules, the year's data or the program are can only be told of two nights that wrote
-- down what they were made with; of earlier nights nobody knows.
ALTER TABLE run ADD COLUMN IF NOT EXISTS program VARCHAR;
ALTER TABLE run ADD COLUMN IF NOT EXISTS yearbook VARCHAR;
