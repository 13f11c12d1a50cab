-- Adds to text_grams the filings from $first to below $last: as many at a time as fit into memory with all of their grams.
-- One row a filing and a kind of text: the codes of its grams, their weight in all and, of a subject, the three rarest words that others have too. Of content only the twenty-four rarest grams count.
insert into text_grams
with rarest_of_content as (
    -- A number that sorts by rarity first is far cheaper than an ordered list.
    select id, min(filings::bigint << 40 | code, 24) as places
    from weighed_grams
    where kind = 'content' and id >= $first and id < $last
    group by id
)
select
    kind,
    id,
    list_sort(list(code)) as grams,
    sum(code % 1024)::bigint as weight,
    list_transform(
        min({'filings': filings, 'gram': gram}, 3) filter (where kind = 'subject' and filings > 1 and length(gram) > 1),
        lambda word: word.gram
    ) as words
from weighed_grams
where kind <> 'content' and id >= $first and id < $last
group by kind, id
union all
select
    'content',
    id,
    list_sort(list_transform(places, lambda place: place & ((1::bigint << 40) - 1))),
    list_sum(list_transform(places, lambda place: place % 1024))::bigint,
    null
from rarest_of_content;
