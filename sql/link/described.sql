-- One row a filing as linking sees it, ready to be compared: cleaned values, the words of its texts, the blocks it stands in.
create or replace temp table described as
select
    link_plain.* exclude (unit_system, day),
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
from link_plain
left join text_grams as subject on subject.kind = 'subject' and subject.id = link_plain.id
left join text_grams as letters on letters.kind = 'letters' and letters.id = link_plain.id
left join text_grams as institution on institution.kind = 'institution' and institution.id = link_plain.id
left join text_grams as theme on theme.kind = 'theme' and theme.id = link_plain.id
left join text_grams as content on content.kind = 'content' and content.id = link_plain.id
left join (select id, list(unit order by unit) as others from link_others group by id) as others on others.id = link_plain.id
left join blocks on blocks.id = link_plain.id
order by link_plain.id;
