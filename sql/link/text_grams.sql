-- One row a filing and a kind of text: the codes of its grams, their weight in all, and its three rarest shared words.
create or replace temp table text_grams as
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
where kind <> 'content'
group by kind, id;
