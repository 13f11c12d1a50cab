-- One row a filing and a kind of text: the codes of its grams, their weight in all, and its three rarest shared words.
create or replace temp table text_grams as
select
    kind,
    id,
    list(code order by code) as grams,
    sum(code % 1024)::bigint as weight,
    list(gram order by filings, gram) filter (where filings > 1 and length(gram) > 1) [1:3] as words
from weighed_grams
where kind <> 'content'
group by kind, id;
