"""What a unit may see: its own findings, in sentences that name no other unit's filings."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.tables import TEXT

OTHERS = "其他单位"
_OTHER_FILE = "其他单位的申报表"
_QUOTED = re.compile(r"“([^”]+)”")
_SEVERAL_OTHERS = re.compile(f"{OTHERS}(?:[、和与]{OTHERS})+")
_TOLD = ["message", "advice"]


def without_others(
    findings: pd.DataFrame, files: pd.DataFrame, filings: pd.DataFrame, participants: pd.DataFrame
) -> pd.DataFrame:
    """``findings`` with other units' files, projects and names taken out of what they tell.

    A group may have filings of several units, and a finding about it may say so: what the others filed is then told as
    that of 其他单位. Names that the unit wrote itself, its own organiser or 参团单位, stay.
    """
    paths = set(files["path"])
    group = findings["filing_id"].map(filings.set_index("filing_id")["group_id"]).astype(TEXT)
    group = group.fillna(findings["group_id"].astype(TEXT))
    others = _names_of_others(filings, participants)
    whose = [*zip(group, findings["file"], strict=True)]
    with_others = np.array([one in others for one in whose], bool)
    told = findings.copy()
    for name in _TOLD:
        texts = findings[name].to_numpy(dtype=object, copy=True)
        # Few texts name anything of others, and which may is known of all at once.
        for place in np.flatnonzero(with_others | _quoting(findings[name], paths)).tolist():
            (group_id, own_file), text = whose[place], texts[place]
            texts[place] = _without_names(_without_files(text, paths, own_file), others.get((group_id, own_file), ()))
        told[name] = pd.Series(texts, index=findings.index, dtype=TEXT)
    return told


def _quoting(texts: pd.Series, paths: set[str]) -> npt.NDArray[np.bool_]:
    """Whether each text quotes one of ``paths``."""
    place, different = pd.factorize(texts)
    return np.array([not paths.isdisjoint(_QUOTED.findall(text)) for text in different], bool)[place]


def _names_of_others(filings: pd.DataFrame, participants: pd.DataFrame) -> Mapping[tuple[str, str], Sequence[str]]:
    """(group, file) → what filings of other units in the group are known by and this file does not say itself, the longest
    first.

    Only groups with filings of more than one unit are there.
    """
    filings = filings.assign(filer=filings["unit"].fillna(filings["file"]))
    shared = filings[filings.groupby("group_id")["filer"].transform("nunique").gt(1)]
    told = shared.melt(["filing_id", "group_id", "filer"], ["unit", "organiser", "title"], value_name="name")
    taking_part = shared[["filing_id", "group_id", "filer"]].merge(
        participants[["filing_id", "participant"]].rename(columns={"participant": "name"}), on="filing_id"
    )
    said = pd.concat([told, taking_part])[["group_id", "filer", "name"]].dropna(subset=["name"]).drop_duplicates()
    files = shared[["group_id", "file", "filer"]].drop_duplicates()
    own = files.merge(said, on=["group_id", "filer"])[["group_id", "file", "name"]].drop_duplicates()
    known = (
        files[["group_id", "file"]].drop_duplicates().merge(said[["group_id", "name"]].drop_duplicates(), on="group_id")
    )
    foreign = known.merge(own, on=["group_id", "file", "name"], how="left", indicator="whose")
    foreign = foreign[foreign["whose"].eq("left_only")].sort_values(
        "name", key=lambda name: -name.str.len(), kind="stable"
    )
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for group, file, name in foreign[["group_id", "file", "name"]].itertuples(index=False):
        names[group, file].append(name)
    return names


def _without_files(text: str, paths: set[str], own: str) -> str:
    return _QUOTED.sub(lambda quoted: _OTHER_FILE if quoted[1] in paths and quoted[1] != own else quoted[0], text)


def _without_names(text: str, names: Sequence[str]) -> str:
    if not any(name in text for name in names):
        return text
    for name in names:
        text = text.replace(f"“{name}”", OTHERS).replace(name, OTHERS)
    return _SEVERAL_OTHERS.sub(OTHERS, text)
