-- One row a filing: the blocks it stands in. A block of more than $window filings is cut along the dates into overlapping windows, so that work grows as n log n.
create or replace temp table blocks as
with placed as (
    select
        block_keys.id,
        key,
        count(*) over (partition by key) as size,
        row_number() over (partition by key order by day nulls last, id) - 1 as place
    from block_keys
    join plain using (id)
),
windowed as (
    select
        id,
        unnest(
            case
                when size <= $window then [hash(key, 'whole')]
                else [hash(key, 'first', place // $window), hash(key, 'second', (place + $window // 2) // $window)]
            end
        ) as block
    from placed
    where size > 1
)
select id, list(distinct (block >> 1)::bigint order by (block >> 1)::bigint) as block
from windowed
group by id;
