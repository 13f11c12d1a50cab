-- One row a filing and a text of it (kind): the codes of its grams (rank * 1024 + weight, so that rare ones weigh more) and their weight in all.
create or replace temp table text_grams as
with distinct_text as (
    select kind, text, size, factor, list(id) as ids
    from link_texts
    group by kind, text, size, factor
),
gram as (
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
    select kind, ids, factor, unnest(list_distinct(grams)) as gram from gram
),
kept as (
    -- Of a long text every third word, always the same ones: enough to see a likeness.
    select kind, gram, factor, ids
    from single
    where gram <> '' and not contains(gram, ' ') and (kind <> 'content' or hash(gram) % 3 = 0)
),
known as (
    -- Twenty more than there are, so that a season of two filings has rare and common words too.
    select
        kind,
        gram,
        sum(len(ids)) as filings,
        log2((any_value(season.filings) + 20) / (sum(len(ids)) + 1)) as rarity
    from kept, (select count(*) as filings from link_plain) as season
    group by kind, gram
),
ranked as (
    select *, row_number() over (order by kind, gram) as rank from known
),
weighed as (
    select
        kind,
        unnest(ids) as id,
        gram,
        filings,
        length(gram) as size,
        -- Letters are only counted, whatever their rarity.
        rank * 1024
        + case when kind = 'letters' then 1 else least(greatest(cast(round(rarity * factor * 32) as bigint), 1), 1023) end
            as code
    from kept
    join ranked using (kind, gram)
),
-- Of a long text only the words that some other filing has too, the rarest first.
telling as (
    select * from weighed where kind <> 'content'
    union all
    select * from weighed
    where kind = 'content' and filings > 1
    qualify row_number() over (partition by id order by filings, gram) <= 12
)
select
    kind,
    id,
    list(code order by code) as grams,
    sum(code % 1024)::bigint as weight,
    list(gram order by filings, gram) filter (where filings > 1 and size > 1) [1:3] as words
from telling
group by kind, id;
