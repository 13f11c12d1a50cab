-- Why: what reviewers made of a rule is seen word by word, so a finding keeps the words on which it rests, joined by ；. Those of
-- earlier nights are taken from the sentence, which quotes at most four of them.
ALTER TABLE finding ADD COLUMN IF NOT EXISTS words VARCHAR;
UPDATE finding
SET words = array_to_string(
    regexp_extract_all(regexp_extract(message, '(?:中有|写的是)((?:“[^”]*”、?)+)', 1), '“([^”]*)”', 1), '；'
)
WHERE
    words IS NULL
    AND (rule_id LIKE 'sightseeing-%' OR rule_id LIKE '%-text' OR rule_id = 'necessity-weak')
    AND regexp_matches(message, '(?:中有|写的是)“');
