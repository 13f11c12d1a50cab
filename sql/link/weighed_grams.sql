-- One row a filing, a kind of text and a gram of it: its code (rank * 1024 + weight, so that rare ones weigh more).
create or replace temp table weighed_grams as
select
    grams.kind,
    unnest(grams.ids) as id,
    grams.gram,
    known_grams.filings,
    -- Letters are only counted, whatever their rarity.
    known_grams.rank * 1024
    + case
        when grams.kind = 'letters' then 1
        else least(greatest(cast(round(known_grams.rarity * grams.factor * 32) as bigint), 1), 1023)
    end as code
from grams
join known_grams on known_grams.kind = grams.kind and known_grams.gram = grams.gram
where grams.kind <> 'content' or known_grams.filings > 1;
