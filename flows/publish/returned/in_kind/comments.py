"""The comments part of a sheet: what is written beside a cell, and taken away again when the workbook comes back."""

from lxml import etree

from flows.publish.returned.letter import AUTHOR

SEPARATOR = f"———— {AUTHOR} ————"
"""Stands between a unit's own comment and what is added to it."""


class Comments:
    """The comments part of a sheet (or a new one)."""

    def __init__(self, root: etree._Element | None, space: str) -> None:
        self.space = space
        blank = f'<comments xmlns="{space}"><authors/><commentList/></comments>'
        self.root = etree.fromstring(blank) if root is None else root
        if self.root.find("{*}authors") is None or self.root.find("{*}commentList") is None:
            raise ValueError("no comments in it")

    def take_away_whole(self) -> list[str]:
        """Remove the comments that the program wrote, known by how they begin; the cells that they were about."""
        gone = []
        for comment in list(self._list()):
            if "".join(comment.itertext()).lstrip().startswith(AUTHOR):
                self._list().remove(comment)
                gone.append(comment.get("ref", ""))
        return gone

    def cut_added(self) -> list[str]:
        """Take what the program added to a unit's own comment away again; the cells that it was about."""
        cells = []
        for comment in self._list():
            texts = list(comment.iter(f"{{{self.space}}}t"))
            place = next((n for n, text in enumerate(texts) if SEPARATOR in (text.text or "")), None)
            if place is None:
                continue
            texts[place].text = (texts[place].text or "").partition(SEPARATOR)[0].rstrip("\n")
            for text in texts[place + 1 :]:
                text.text = ""
            cells.append(comment.get("ref", ""))
        return cells

    def add(self, cell: str, text: str) -> bool:
        """Write ``text`` beside ``cell``; True where it needs a drawing of its own."""
        comment = next((c for c in self._list() if c.get("ref") == cell), None)
        if comment is not None:
            body = comment.find("{*}text")
            if body is None:
                body = etree.SubElement(comment, f"{{{self.space}}}text")
            body.append(self._run(f"\n{SEPARATOR}\n{text}"))
            return False
        comment = etree.SubElement(
            self._list(), f"{{{self.space}}}comment", ref=cell, authorId=str(self._author_number())
        )
        etree.SubElement(comment, f"{{{self.space}}}text").append(self._run(f"{AUTHOR}：\n{text}"))
        return True

    def _run(self, text: str) -> etree._Element:
        run = etree.Element(f"{{{self.space}}}r")
        shown = etree.SubElement(run, f"{{{self.space}}}t")
        shown.text = text
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _list(self) -> etree._Element:
        found = self.root.find("{*}commentList")
        assert found is not None  # noqa: S101
        return found

    def _authors(self) -> list[str]:
        return [author.text or "" for author in self.root.iterfind("{*}authors/{*}author")]

    def _author_number(self) -> int:
        authors = self._authors()
        if AUTHOR in authors:
            return authors.index(AUTHOR)
        section = self.root.find("{*}authors")
        assert section is not None  # noqa: S101
        etree.SubElement(section, f"{{{self.space}}}author").text = AUTHOR
        return len(authors)
