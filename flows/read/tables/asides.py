"""Rows beside the records of a table: notes, signatures, examples and page numbers."""

import re

from flows.read.values.characters import fold

_LABELS = (
    "平均|平均数|人均|填表人|填报人|制表人|制表|审核人|审核|复核人|复核|负责人|单位负责人|分管领导|主管领导|经办人|联系人|联系电话|电话|传真|填报日期|填表日期|制表日期|"
    "报送日期|上报日期|申报日期|日期|盖章|公章|单位公章|签字|签章|签名|注|备注|说明|填表说明|填报说明|注释|附注|注意|注意事项|填报单位|申报单位|报送单位|"
    "单位名称|组团单位|单位|金额单位|附件|附|抄送|审核意见|主管部门意见|市州科技局意见|单位意见|意见|领导签字|主管部门|第?页码?"
)
_LABELLED = re.compile(rf"^(?:{_LABELS})(?:[（(][^()（）]*[)）])?[:：]")
_LABEL = re.compile(rf"^(?:{_LABELS})(?:[（(][^()（）]*[)）])?$")
_FOOTER = re.compile(
    r"^(?:第?\d+页.*|共\d+页.*|-\d+-|[（(](?:盖章|公章|单位盖章|签字|下转.*|续.*|接.*)[)）]|以下空白|以下无正文|此处空白|\d{4}年\d{1,2}月\d{1,2}日|年月日|以下无内容|…+)$"
)
_EXAMPLE = re.compile(r"^[（(【\[]?(?:示例|样例|范例|例如|例子|填写示例|填报示例|例)\d*[)）】\]]?[:：]?$")
_EXAMPLE_TITLE = re.compile(r"^[（(【\[]?(?:示例|样例|范例|例如|例)[)）】\]:：]")
_NOTES = re.compile(
    r"^(?:备注|说明|注|附注|注释|注意|注意事项|填表说明|填报说明|填写说明|有关说明)(?:[(（][^()（）]*[)）])?(?:[:：]|$)"
)
"""What stands over notes below a table."""



def begin_notes(cells: list[tuple[int, str]]) -> bool:
    """Whether a row is 备注, 说明 and the like: numbered notes may follow."""
    return bool(_NOTES.match(fold(cells[0][1])))


def is_aside(cells: list[tuple[int, str]]) -> bool:
    """Whether a row is a note, a signature, an example or a page number rather than a record."""
    folded = [fold(text) for _, text in cells]
    if any(_EXAMPLE.match(text) for text in folded[:2]):
        return True
    labelled = sum(bool(_LABELLED.match(text) or _FOOTER.match(text)) for text in folded)
    if labelled * 2 >= len(folded) or _LABELLED.match(folded[0]) or _LABEL.match(folded[0]):
        return True
    return all(_LABEL.match(text) or _FOOTER.match(text) for text in folded)
