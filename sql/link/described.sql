-- One row a filing as linking sees it, ready to be compared: cleaned values, the words of its texts, the blocks it stands in.
create or replace temp table described as
select
    plain.* exclude (unit_system, day),
    subject.grams as subject_grams,
    subject.weight as subject_weight,
    letters.grams as letters_grams,
    letters.weight as letters_weight,
    institution.grams as institution_grams,
    institution.weight as institution_weight,
    theme.grams as theme_grams,
    theme.weight as theme_weight,
    content.grams as content_grams,
    content.weight as content_weight,
    others.others,
    blocks.block
from plain
left join text_grams as subject on subject.kind = 'subject' and subject.id = plain.id
left join text_grams as letters on letters.kind = 'letters' and letters.id = plain.id
left join text_grams as institution on institution.kind = 'institution' and institution.id = plain.id
left join text_grams as theme on theme.kind = 'theme' and theme.id = plain.id
left join text_grams as content on content.kind = 'content' and content.id = plain.id
left join (select id, list(unit order by unit) as others from other_units group by id) as others on others.id = plain.id
left join blocks on blocks.id = plain.id
order by plain.id;
