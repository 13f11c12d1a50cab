-- One row a filing: the blocks it stands in. A block of more than $window filings is cut along the dates into overlapping windows, so that work grows as n log n.
create or replace temp table blocks as
with placed as (
    select
        block_keys.id,
        key,
        count(*) over (partition by key) as size,
        row_number() over (partition by key order by day nulls last, id) - 1 as place
    from block_keys
    join link_plain using (id)
),
windowed as (
    select id, hash(key, 'whole') as block from placed where size between 2 and $window
    union all
    select id, hash(key, 'first', place // $window) from placed where size > $window
    union all
    select id, hash(key, 'second', (place + $window // 2) // $window) from placed where size > $window
)
select id, list(distinct (block >> 1)::bigint order by (block >> 1)::bigint) as block
from windowed
group by id;
