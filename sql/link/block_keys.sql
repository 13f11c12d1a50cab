-- One row a rule of blocking, a filing and a value that it may share with others: all parts of the rule agree. A rule that is only for filings without some part (lacking) has the values of such filings alone.
create or replace temp table block_keys as
with valued as (
    select distinct
        block_rules.rule,
        block_rules.lacking,
        first.id,
        hash(block_rules.rule, first.value, second.value, third.value) as key
    from block_rules
    join parts as first on first.part = block_rules.first
    join parts as second on second.id = first.id and second.part = block_rules.second
    join parts as third on third.id = first.id and third.part = block_rules.third
),
lacked as (
    select valued.key
    from valued
    left join parts on parts.id = valued.id and parts.part = valued.lacking
    where valued.lacking is not null and parts.id is null
)
select rule, id, key
from valued
where lacking is null or key in (select key from lacked);
