"""What is to be said of a table's titles: which were guessed, found twice or not found; and how it was understood."""

    def _about(self, part: _Part, needless: set[str] | None = None) -> None:
        """Remark on titles that were guessed, meant twice or not found, once a table; ``needless`` are not missed."""
        self._show(part)
        if part.goes_on:
            return
        header, records = part.header, part.records
        ours = FILING if header.table == FILINGS else PARTICIPANT
        record = part.first if part.card and len(records) == 1 else None

        def remark(kind: str, place: tuple[int, int], column: str, value: str | None, detail: str | None) -> None:
            self.survey.remarks.append(Remark(kind, part.sheet.name, cell_code(*place), column, value, detail, record))

        own = {column.name: column.title for column in ours}
        for name, title in header.fields.items():
            if title.guessed:
                remark("title_guessed", (title.row, title.column), name, title.text, own.get(name, name))
        for name, title in header.twice:
            first = header.fields[name]
            detail = a1(cell_code(first.row, first.column))
            remark("title_twice", (title.row, title.column), name, title.text, detail)
        there = set(records.texts) | (needless or set())
        there |= {one for name in records.texts for one in COMBINED.get(name, ()) if one != "days"}
        corner = min((title.row, title.column) for title in header.fields.values())
        for column in ours:
            if column.required and column.name not in there:
                remark("column_missing", corner, column.name, None, column.title)

    def _show(self, part: _Part) -> None:
        header = part.header
        self.survey.seen.append(
            Seen(
                part.sheet.name,
                header.table,
                part.card,
                (header.first, header.last),
                tuple((n, cell_code(t.row, t.column), t.text, t.guessed) for n, t in header.titles.items()),
                tuple((cell_code(title.row, title.column), title.text) for title in header.unknown),
                tuple(part.records.rows),
            )
        )
