-- One row a filing: the codes of the twelve rarest grams of its content that some other filing has too.
insert into text_grams
with rarest as (
    select id, list(code order by filings, gram) [1:12] as codes
    from weighed_grams
    where kind = 'content'
    group by id
)
select
    'content',
    id,
    list_sort(codes),
    list_sum(list_transform(codes, lambda code: code % 1024))::bigint,
    null
from rarest;
