-- One row a filing and a value that it shares with others by the rule $rule: all of the parts $first, $second, $third agree.
insert into block_keys
select distinct
    $rule as rule,
    first.id,
    hash($rule, first.value, second.value, third.value) as key
from link_parts as first
join link_parts as second on second.id = first.id and second.part = $second
join link_parts as third on third.id = first.id and third.part = $third
where first.part = $first;
