-- One row a gram (a piece of one or two characters, or a word) of a text, with the filings (ids) that have this text.
create or replace temp table grams as
with distinct_text as (
    select kind, text, size, factor, list(id) as ids
    from texts
    group by kind, text, size, factor
),
cut as (
    select
        kind,
        ids,
        factor,
        case
            when size = 0 then string_split(text, ' ')
            else list_transform(range(1, greatest(length(text) - size + 2, 1)), lambda place: substring(text, place, size))
        end as grams
    from distinct_text
),
single as (
    select kind, ids, factor, unnest(list_distinct(grams)) as gram from cut
)
select kind, gram, factor, ids
from single
where gram <> '' and not contains(gram, ' ');
