-- One row: a group that is otherwise from $before to $now, how, and where its lead was and is.
SELECT
    change, group_id, title, organiser, before.disposition AS went_before, before.because AS because_before,
    before.lead AS lead_before, now.disposition AS went_now, now.because AS because_now, now.lead AS lead_now
FROM group_change_between($before, $now);
