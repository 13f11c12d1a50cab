-- One row: an approved project of last year, its unit and country by the names of the reference workbooks with what these say.
CREATE OR REPLACE VIEW last_year_project AS
SELECT
    l.otm_no, coalesce(u.unit, l.organiser) AS unit, u.level, u.region, u.system, coalesce(c.country, l.country) AS country,
    c.hot, c.belt_road, l.approved, l.executed, l.summary_filed
FROM current_last_year AS l
LEFT JOIN current_unit AS u
    ON u.unit = l.organiser OR list_contains(regexp_split_to_array(u.aliases, '[、,，;；]\s*'), l.organiser)
LEFT JOIN current_country AS c
    ON c.country = l.country OR list_contains(regexp_split_to_array(c.aliases, '[、,，;；]\s*'), l.country);
