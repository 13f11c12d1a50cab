-- One row: a finding of a rule of the notice and the word of a reviewer that counts for it (last_words), told as the night showed
-- it whose workbook the word was typed into; where that night is not known, or did not show it so, as the last one before the
-- word was read, or else the last of all. A word about a filing or a group counts for each finding of it that the night
-- showed, except where another word is about the finding itself.
WITH spoken AS (
    SELECT w.decision_id, w.year, f.run_id, f.finding_id, f.value IS NOT DISTINCT FROM w.value AS as_then, false AS of_whole
    FROM last_words AS w
    JOIN finding AS f ON f.year = w.year AND f.finding_id = w.about
    UNION ALL
    SELECT w.decision_id, w.year, f.run_id, f.finding_id, true, true
    FROM last_words AS w
    JOIN finding AS f ON f.year = w.year AND f.filing_id = w.about
    UNION ALL
    SELECT w.decision_id, w.year, f.run_id, f.finding_id, true, true
    FROM last_words AS w
    JOIN filing AS p ON p.year = w.year AND p.group_id = w.about
    JOIN finding AS f ON f.run_id = p.run_id AND f.filing_id = p.filing_id
),
shown AS (
    SELECT s.*
    FROM spoken AS s
    JOIN last_words AS w ON w.decision_id = s.decision_id AND w.year = s.year
    JOIN run AS r ON r.run_id = s.run_id
    QUALIFY rank() OVER (
        PARTITION BY s.year, s.decision_id
        ORDER BY s.as_then DESC, coalesce(r.run_id = w.shown_in, false) DESC, (r.number <= w.number) DESC, r.number DESC
    ) = 1
)
SELECT
    w.year, w.decision_id, w.verdict, w.revised, w.note, w.reviewer, f.finding_id, f.rule_id, f.clause, f.file, f.sheet,
    f.cell, f."column", f.value, f.words, p.title
FROM shown AS s
JOIN last_words AS w ON w.decision_id = s.decision_id AND w.year = s.year
JOIN finding AS f ON f.run_id = s.run_id AND f.finding_id = s.finding_id
LEFT JOIN filing AS p ON p.run_id = f.run_id AND p.filing_id = f.filing_id
QUALIFY row_number() OVER (
    PARTITION BY w.year, f.finding_id, coalesce(f.value, '') ORDER BY s.of_whole, w.number DESC, w.decided_at DESC, w.decision_id
) = 1
ORDER BY w.year DESC, w.number DESC, w.decided_at DESC, w.decision_id, f.finding_id;
