"""Why a group is otherwise in another night.

A night is made of five things and nothing else: the files, what reviewers decided, the reference workbooks, the year's data and
the program. So what is otherwise has its cause among those of them that differ: where one alone does, it is that one; where
several do, each may be it, those first that touch the group's own files, filings, findings, units and places.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from schemas.columns import OPTIONAL_REFERENCES, REFERENCES

KINDS = {
    "file": "申报文件",
    "decision": "处理意见",
    "reference": "参考表",
    "yearbook": "年度数据（通知、填表、归并设置）",
    "program": "程序",
}
"""What a night is made of, in the order in which it is told."""

_FILE = {"new": "新收到", "gone": "不再有", "changed": "有改动"}
_REFERENCE_ROW = {"new": "新增或改动", "gone": "删去或改动"}
_WORKBOOKS = REFERENCES | OPTIONAL_REFERENCES
_BOUND_TO = {"units": "unit", "institutions": "institution", "countries": "country", "last_year": "number"}
_MOST_NAMED = 4


@dataclass(frozen=True)
class Cause:
    """Something that differs between the nights: its ``kind``, what it is in Chinese, whether it is ``certain`` that the group is
    otherwise because of it, and whether it is ``near``, that is, touches the group itself."""

    kind: str
    told: str
    certain: bool
    near: bool


@dataclass(frozen=True)
class Causes:
    """All that differs between two nights: ``files`` and ``decisions`` and ``references`` a row each (see ``sql/nights``);
    ``same_program`` and ``same_yearbook`` None where nobody knows; ``near`` the place of each row that touches a group, by kind
    and group."""

    files: pd.DataFrame
    decisions: pd.DataFrame
    references: pd.DataFrame
    same_program: bool | None
    same_yearbook: bool | None
    near: Mapping[str, Mapping[str, Sequence[int]]]
    from_nothing: Mapping[str, bool]
    """Group → whether every file of it was read in one of the nights alone."""

    @classmethod
    def between(cls, found: Mapping[str, pd.DataFrame], made_with: tuple[bool | None, bool | None] | None) -> Self:
        """What differs, from the rows of ``sql/nights``; ``made_with`` whether the program and the year's data are the same."""
        bound, references = found["bound"], found["references"]
        # What holds no longer, or again, is what came of something else, and no cause.
        decisions = found["decisions"]
        decisions = decisions[decisions["change"].isin(["new", "gone"])].reset_index(drop=True)
        touched = {
            "file": _touching(bound, found["files"], (("file", "file"),)),
            "decision": _touching(
                bound, decisions, (("finding", "about"), ("filing", "filing_id_l"), ("filing", "filing_id_r"))
            ),
            "reference": pd.concat(
                [
                    _touching(
                        bound, references[references["workbook"].eq(workbook)], ((kind, "name"), ("unit", "also_about"))
                    )
                    for workbook, kind in _BOUND_TO.items()
                ]
            ),
        }
        same_program, same_yearbook = made_with or (None, None)
        return cls(
            found["files"],
            decisions,
            references,
            same_program,
            same_yearbook,
            {kind: _places(rows) for kind, rows in touched.items()},
            _from_nothing(bound, found["files"]),
        )

    @property
    def kinds(self) -> list[str]:
        """The kinds of things that differ, or may differ for all that is known."""
        differ = {
            "file": len(self.files) > 0,
            "decision": len(self.decisions) > 0,
            "reference": len(self.references) > 0,
            "yearbook": self.same_yearbook is not True,
            "program": self.same_program is not True,
        }
        return [kind for kind in KINDS if differ[kind]]

    def of_group(
        self, group_id: str, change: str, as_filed: bool, same_filings: bool, same_findings: bool
    ) -> tuple[Cause, ...]:
        """Why a group is otherwise. ``as_filed``: all values that are otherwise were filled in otherwise; ``same_filings`` and
        ``same_findings``: the same describe it and the same was found, whatever reviewers said of it."""
        near = [kind for kind in ("file", "decision", "reference") if self.near[kind].get(group_id)]
        proved = self._proved(group_id, change, near, as_filed, same_filings, same_findings)
        if proved:
            return (Cause(proved, self._told(proved, group_id), certain=True, near=True),)
        alone = len(self.kinds) == 1
        kinds = [*near, *(kind for kind in self.kinds if kind not in near)]
        return tuple(
            Cause(kind, self._told(kind, group_id if kind in near else None), alone and self._known(kind), kind in near)
            for kind in kinds
        )

    def _proved(
        self, group_id: str, change: str, near: Sequence[str], as_filed: bool, same_filings: bool, same_findings: bool
    ) -> str | None:
        """The kind that alone can have done it though others differ as well."""
        if change in ("new", "gone") and self.from_nothing.get(group_id):
            return "file"  # without its files there is no group
        if self.same_program is not True or self.same_yearbook is not True:
            return None
        if change == "changed" and as_filed and same_filings and "file" in near:
            return "file"
        if change == "moved" and near == ["decision"] and same_filings and same_findings:
            return "decision"  # nothing else is otherwise about it but what was said of it
        return None

    def _known(self, kind: str) -> bool:
        """Whether it is known that the kind differs, and not only unknown whether it does."""
        return {"yearbook": self.same_yearbook, "program": self.same_program}.get(kind, False) is False

    def _told(self, kind: str, group_id: str | None) -> str:
        """What differs of a ``kind``, in Chinese: what touches the group, else all."""
        if kind == "file":
            return self.files_told(self.near["file"].get(group_id) if group_id else None)
        if kind == "decision":
            return self.decisions_told(self.near["decision"].get(group_id) if group_id else None)
        if kind == "reference":
            return self.references_told(self.near["reference"].get(group_id) if group_id else None)
        return f"{KINDS[kind]}{'有改动' if self._known(kind) else '是否有改动无从得知（以前的夜没有记下）'}"

    def files_told(self, places: Sequence[int] | None = None) -> str:
        """The files that differ (those at ``places``)."""
        rows = self.files if places is None else self.files.loc[list(places)]
        told = [f"{row.file} {_FILE[row.change]}" for row in rows.itertuples()]
        return f"申报文件：{_some(told, '个文件')}" if places is not None else f"其他申报文件：{_some(told, '个文件')}"

    def decisions_told(self, places: Sequence[int] | None = None) -> str:
        """What reviewers said anew, or what is no longer known (at ``places``)."""
        rows = self.decisions if places is None else self.decisions.loc[list(places)]
        told = [
            f"{row.reviewer or '评审'}{'填了' if row.change == 'new' else '的'}"
            f"“{row.verdict or '（未填）'}”{'' if row.change == 'new' else '不再有'}"
            for row in rows.itertuples()
        ]
        return f"{'' if places is not None else '其他'}处理意见：{_some(told, '条')}"

    def references_told(self, places: Sequence[int] | None = None) -> str:
        """The rows of reference workbooks that differ (at ``places``)."""
        rows = self.references if places is None else self.references.loc[list(places)]
        told = [
            f"{_WORKBOOKS[row.workbook][0].removesuffix('.xlsx')}“{row.name or '（空）'}”{_REFERENCE_ROW[row.change]}"
            for row in rows.rename_axis(None).itertuples(index=False)
        ]
        return f"{'' if places is not None else '其他'}参考表：{_some([*dict.fromkeys(told)], '行')}"


def _touching(bound: pd.DataFrame, rows: pd.DataFrame, by: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """The groups that rows touch: ``group_id`` and the ``place`` of the row, by a kind of what groups are bound to and the
    column that names it."""
    told = [pd.DataFrame({"group_id": [], "place": []})]
    for kind, column in by:
        names = rows[column].rename("name").rename_axis("place").reset_index().dropna()
        told.append(bound[bound["kind"].eq(kind)].merge(names, on="name")[["group_id", "place"]])
    return pd.concat(told).drop_duplicates()


def _places(touched: pd.DataFrame) -> dict[str, list[int]]:
    return {str(group): sorted(map(int, own)) for group, own in touched.groupby("group_id")["place"]}


def _from_nothing(bound: pd.DataFrame, files: pd.DataFrame) -> dict[str, bool]:
    """Group → whether each file that any of its filings stands in was read in one of the nights alone."""
    once = set(files.loc[files["read_before"].ne(files["read_now"]), "file"])
    of_files = bound[bound["kind"].eq("file")]
    return of_files["name"].isin(once).groupby(of_files["group_id"]).all().to_dict()


def _some(told: Sequence[str], counted: str) -> str:
    """The first few, and how many there are in all."""
    more = f"等 {len(told)} {counted}" if len(told) > _MOST_NAMED else ""
    return "；".join(told[:_MOST_NAMED]) + more
