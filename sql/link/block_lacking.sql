-- Takes away the keys of the rule $rule that no filing without a $lacking has: the rule is for such filings only.
delete from block_keys
where
    rule = $rule
    and key not in (
        select needed.key
        from block_keys as needed
        where
            needed.rule = $rule
            and needed.id not in (select link_parts.id from link_parts where link_parts.part = $lacking)
    );
