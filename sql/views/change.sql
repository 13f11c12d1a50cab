-- One row: a thing that is new, gone or changed since the night before of the same year; before and now in Chinese.
-- No row where there was no night before, or where nothing changed.
CREATE OR REPLACE VIEW change AS
WITH before AS (
    SELECT r.run_id
    FROM run AS r, current_run AS c
    WHERE r.year = c.year AND r.run_id <> c.run_id AND r.started_at <= c.started_at
    ORDER BY r.started_at DESC, r.run_id DESC
    LIMIT 1
),
nights AS (SELECT c.run_id AS now_run, b.run_id AS before_run FROM current_run AS c, before AS b),
thing AS (
    SELECT
        f.run_id, '文件' AS what, f.path AS id, f.unit, f.path AS file, NULL AS sheet, NULL AS place, NULL AS title,
        CASE f.status
            WHEN 'read' THEN '已读取' WHEN 'empty' THEN '未发现申报项目' WHEN 'unreadable' THEN '无法读取' WHEN 'failed' THEN '程序出错'
            WHEN 'duplicate' THEN '重复文件' WHEN 'superseded' THEN '已有新版' ELSE '未处理'
        END || coalesce('（' || f.filings || ' 项）', '') AS state,
        coalesce(f.sha256, '') || f.status || coalesce(f.filings, 0) AS fingerprint,
        1 AS rank
    FROM file AS f
    UNION ALL
    SELECT
        f.run_id, '申报项目', f.filing_id, f.unit, f.file, f.sheet, '第 ' || f.row || ' 行', f.title,
        CASE f.disposition
            WHEN 'included' THEN '纳入计划' WHEN 'merged' THEN '并入团组' WHEN 'held' THEN '待核'
            WHEN 'returned' THEN '退回修改' WHEN 'prohibited' THEN '不予受理' WHEN 'excluded' THEN '评审剔除'
            ELSE '已被替代'
        END,
        f.disposition, 2
    FROM filing AS f
    UNION ALL
    SELECT
        f.run_id, '问题', f.finding_id, f.unit, f.file, f.sheet, f.cell, p.title,
        f.clause || '　' || f.message || CASE f.status
            WHEN 'open' THEN '' WHEN 'accepted' THEN '（已同意）' WHEN 'returned' THEN '（已退回）' ELSE '（已剔除）'
        END,
        f.severity || f.status || coalesce(f.value, '') || f.message, 3
    FROM finding AS f
    LEFT JOIN filing AS p ON p.run_id = f.run_id AND p.filing_id = f.filing_id
    UNION ALL
    SELECT
        p.run_id, '疑似重复', p.pair_id, l.unit, l.file, l.sheet, '第 ' || l.row || ' 行', l.title,
        '与“' || r.file || '”第 ' || r.row || ' 行：' || CASE p.outcome
            WHEN 'merged' THEN '已合并' WHEN 'offered' THEN '待判定' ELSE '不合并'
        END || CASE WHEN p.verdict IS NULL THEN '' ELSE '（按评审意见）' END,
        p.outcome || coalesce(p.verdict, ''), 4
    FROM pair AS p
    JOIN filing AS l ON l.run_id = p.run_id AND l.filing_id = p.filing_id_l
    JOIN filing AS r ON r.run_id = p.run_id AND r.filing_id = p.filing_id_r
    WHERE p.outcome <> 'kept_apart' OR p.verdict IS NOT NULL
    UNION ALL
    SELECT
        s.run_id, '处理意见', d.decision_id, NULL, d.source, d.sheet, '第 ' || d.row || ' 行', NULL,
        coalesce('“' || d.verdict || '”', '（未填处理意见）') || coalesce('，' || d.reviewer, '')
        || CASE WHEN s.applied THEN '：有效' ELSE '：' || coalesce(s.why_not, '未生效') END,
        s.applied::VARCHAR || coalesce(s.why_not, ''), 5
    FROM decision_standing AS s
    JOIN decision AS d ON d.decision_id = s.decision_id
),
then_thing AS (SELECT t.* FROM thing AS t JOIN nights AS n ON t.run_id = n.before_run),
now_thing AS (SELECT t.* FROM thing AS t JOIN nights AS n ON t.run_id = n.now_run)
SELECT
    CASE WHEN b.id IS NULL THEN '新增' WHEN n.id IS NULL THEN '消失' ELSE '变化' END AS change,
    coalesce(n.what, b.what) AS what,
    coalesce(n.unit, b.unit) AS unit,
    coalesce(n.file, b.file) AS file,
    coalesce(n.sheet, b.sheet) AS sheet,
    coalesce(n.place, b.place) AS place,
    coalesce(n.title, b.title) AS title,
    b.state AS before,
    n.state AS now,
    coalesce(n.id, b.id) AS id
FROM then_thing AS b
FULL JOIN now_thing AS n ON n.what = b.what AND n.id = b.id
WHERE b.id IS NULL OR n.id IS NULL OR b.fingerprint <> n.fingerprint
ORDER BY
    coalesce(n.rank, b.rank), CASE WHEN b.id IS NULL THEN 1 WHEN n.id IS NULL THEN 3 ELSE 2 END,
    coalesce(n.unit, b.unit), coalesce(n.file, b.file), coalesce(n.sheet, b.sheet), coalesce(n.place, b.place),
    coalesce(n.id, b.id);
