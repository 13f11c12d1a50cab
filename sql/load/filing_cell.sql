-- One row: a filled cell of a project row read in one night: the value as filed and where it stands (A1).
INSERT INTO filing_cell BY NAME
SELECT $run_id AS run_id, $year AS year, filing_id, "column", a1(code) AS cell, value
FROM tonight_filing_cell
UNPIVOT ((value, code) FOR "column" IN (
    (seq_filed, seq_cell) AS seq,
    (title_filed, title_cell) AS title,
    (organiser_filed, organiser_cell) AS organiser,
    (priority_class_filed, priority_class_cell) AS priority_class,
    (training_type_filed, training_type_cell) AS training_type,
    (theme_filed, theme_cell) AS theme,
    (cross_region_filed, cross_region_cell) AS cross_region,
    (country_filed, country_cell) AS country,
    (institution_filed, institution_cell) AS institution,
    (letter_no_filed, letter_no_cell) AS letter_no,
    (content_filed, content_cell) AS content,
    (necessity_filed, necessity_cell) AS necessity,
    (headcount_filed, headcount_cell) AS headcount,
    (days_filed, days_cell) AS days,
    (start_date_filed, start_date_cell) AS start_date,
    (end_date_filed, end_date_cell) AS end_date,
    (provincial_cadres_filed, provincial_cadres_cell) AS provincial_cadres,
    (degree_study_filed, degree_study_cell) AS degree_study,
    (funding_source_filed, funding_source_cell) AS funding_source,
    (budget_filed, budget_cell) AS budget,
    (charges_fees_filed, charges_fees_cell) AS charges_fees,
    (budgeted_filed, budgeted_cell) AS budgeted,
    (expert_review_filed, expert_review_cell) AS expert_review,
    (green_channel_filed, green_channel_cell) AS green_channel,
    (otm_no_filed, otm_no_cell) AS otm_no,
    (contact_filed, contact_cell) AS contact,
    (phone_filed, phone_cell) AS phone,
    (remarks_filed, remarks_cell) AS remarks
))
WHERE value IS NOT NULL;
