"""四（二）: the units taking part, as the form asks for them."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import ParticipantRows
from flows.validate.words import only_one
from schemas.notice import Notice
from schemas.tables import DataFrame


def why_no_participant(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.DataFrame:
    """``why``: what is wrong with the participant's name, as the end of a sentence."""
    return pd.DataFrame({"why": only_one(participants["participant"], "单位").fillna("不在单位名录中")})


@rule(
    "unknown-participant",
    clause="四（二）",
    severity="return",
    over="participants",
    about="participant",
    looks_at="参团单位（单位名录）",
    message="参团单位“{participant_filed}”{why}。",
    advice="请一行填写一个单位名录中的规范名称；确属新设单位的，请与省科技厅联系补录。",
    tells=why_no_participant,
)
def participant_known(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """Who takes part is a unit of 单位名录."""
    return participants["unit_known"]


def who_takes_part(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.DataFrame:
    """``shown``: the participant, by name where it has one."""
    return pd.DataFrame({"shown": ("“" + participants["participant_filed"] + "”").fillna("某单位")})


@rule(
    "participant-without-project",
    clause="四（二）",
    severity="return",
    over="participants",
    about="seq",
    looks_at="参团单位表的序号",
    message="参团单位表中{shown}的序号填报为“{seq_filed}”，“项目申报”表中没有这个序号的项目。",
    advice="请更正序号，使其与“项目申报”表中的项目一致。",
    tells=who_takes_part,
    tells_from=("participant_filed",),
)
def participant_of_a_project(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """A participant's 序号 is that of a project. Without one it concerns the whole file, since nobody can tell whose it is."""
    return participants["filing_id"].notna()


@rule(
    "participants-positive",
    clause="四（二）",
    severity="return",
    over="participants",
    about="participants",
    looks_at="参团人数",
    message="参团单位{participant_filed}的参团人数填报为 {participants}，应至少 1 人。",
    advice="请填写该单位派出人数；不派人的，请删去该行。",
)
def participant_sends_someone(participants: DataFrame[ParticipantRows], notice: Notice) -> pd.Series:
    """A unit that takes part sends at least one person."""
    return participants["participants"].ge(1)
