-- One row: the group $group_id as it stood in the night $run_id.
SELECT * FROM training_group WHERE run_id = $run_id AND group_id = $group_id;
