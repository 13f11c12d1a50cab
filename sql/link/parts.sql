-- One row a filing and a thing that it may share with another: part says what, value which.
create or replace temp table parts as
with part as (
    select id, 'otm_no' as part, otm_no as value from plain
    union all
    select id, 'letter_no', letter_no from plain
    union all
    select id, 'institution', institution from plain
    union all
    select id, 'country', country from plain
    union all
    select id, 'office', unnest([organiser, unit]) from plain
    union all
    select id, 'system', unnest([coalesce(system, '?'), coalesce(unit_system, '?')]) from plain
    union all
    -- Eight days, twice, shifted by half: any two days up to four apart share one of them.
    select id, 'week', unnest(['a' || day // 8, 'b' || (day + 4) // 8]) from plain
    union all
    select id, 'words', unnest(words) from text_grams where kind = 'subject'
    union all
    select id, '', '' from plain
)
select distinct id, part, value from part where value is not null;
