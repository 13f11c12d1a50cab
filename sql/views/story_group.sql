-- One row: a group that is told on a page, with its merged values, where they are from and what it ranks by.
CREATE OR REPLACE VIEW story_group AS
SELECT g.*
FROM current_training_group AS g
SEMI JOIN story_link AS s ON s.page = g.group_id
ORDER BY g.group_id;
