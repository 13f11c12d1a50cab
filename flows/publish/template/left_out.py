"""Which rules the form does not apply to itself, and why: every rule has a check (:mod:`flows.publish.template.checks`) or a reason."""

from collections.abc import Mapping

from flows.validate import RULES

_OVER = {
    "files": "说的是整个文件：能不能读、有没有申报项目，打开着的表自己看不出。",
    "sheets": "空白表的各栏齐全，不会缺这一栏。",
    "totals": "空白表没有合计行。",
    "remarks": "说的是表头、工作表和新旧版本：空白表的表头受保护，其余要与别的文件相比。",
    "texts": "按许多用词和例外权衡文字，公式写不下，也由人判断。",
    "groups": "归并各单位的申报以后才知道。",
    "members": "归并各单位的申报以后才知道。",
}
"""Table that a rule judges → why none of its rules is in the form."""

_OF_ITS_OWN = {
    "picture-only": "公式看不见图片。",
    "several-values": "自查只认一个规定的值，写了几个的按“填写不合要求”提示。",
    "unsaved-formula": "打开着的表总是算好的。",
    "phone": "号码的写法是正则表达式，公式判断不了；判断错了会拦住写对的号码。",
    "title-subject": "要去掉各参考表中的全部名称再看剩下什么，公式写不下；由人判断。",
    "budget-outlier": "要与同一国家、天数相近的其他申报相比，一份表里没有。",
    "letter-column-missing": "空白表有这一栏。",
    "institution-seems-domestic": "按名称的用词猜测，由人判断。",
    "institution-named-country": "按名称的用词猜测，由人判断。",
    "institution-agency": "按名称的用词猜测，由人判断。",
}
"""Rule → why it is not in the form."""

LEFT_OUT: Mapping[str, str] = {
    rule.id: reason for rule in RULES.values() if (reason := _OF_ITS_OWN.get(rule.id) or _OVER.get(rule.over, ""))
}
"""Rule → why the form does not apply it to itself."""
