-- One row a gram of a kind of text: how many filings have it, how rare that makes it (bits), its rank.
create or replace temp table known_grams as
select
    kind,
    gram,
    sum(len(ids)) as filings,
    -- Twenty more than there are, so that a season of two filings has rare and common words too.
    log2(((select count(*) from plain) + 20) / (sum(len(ids)) + 1)) as rarity,
    row_number() over (order by kind, gram) as rank
from grams
group by kind, gram;
