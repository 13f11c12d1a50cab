-- The table text_grams without a row; see text_grams.sql.
create or replace temp table text_grams (kind varchar, id bigint, grams bigint [], weight bigint, words varchar []);
