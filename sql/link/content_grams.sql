-- One row a filing: the codes of the twenty-four rarest grams of its content that some other filing has too.
insert into text_grams
with rarest as (
    -- A number that sorts by rarity first is far cheaper than an ordered list.
    select id, min(filings::bigint << 40 | code, 24) as places
    from weighed_grams
    where kind = 'content'
    group by id
)
select
    'content',
    id,
    list_sort(list_transform(places, lambda place: place & ((1::bigint << 40) - 1))),
    list_sum(list_transform(places, lambda place: place % 1024))::bigint,
    null
from rarest;
