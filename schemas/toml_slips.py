"""The slips that an official makes in a TOML file, told from what its parser says."""

import re
import tomllib

_UNPARSED = {
    "Illegal character": "文字后面缺少英文双引号，或文字里有不能用的字符",
    "Found invalid character": "有不能用的字符",
    "Cannot mutate": "同一部分写了两次",
    "Cannot redefine": "同一部分写了两次",
    "Duplicate inline table key": "同一项写了两次",
    "Invalid initial character": "名称或词的写法不对，应为“名称 = 值”，中文名称要加英文双引号",
    "Invalid date": "日期的写法不对",
    "Invalid hex": "文字里的反斜线请改用单引号括起来的文字",
    "Escaped character": "文字里的反斜线请改用单引号括起来的文字",
    "Expected '\"": "文字后面缺少英文双引号",
    "Invalid value": "值的写法不对，文字要加英文双引号",
    "Unclosed array": "前面的方括号没有关上，或词之间缺少英文逗号",
    "Unclosed inline table": "花括号没有关上",
    "Unterminated string": "文字后面缺少英文双引号",
    "Expected '=' after a key": "缺少等号",
    "Expected ']'": "方括号没有关上",
    "Cannot overwrite a value": "同一项写了两次",
    "Cannot declare": "同一部分写了两次",
    "Expected newline": "一行只能写一项",
    "Unescaped": "文字里的反斜线请改用单引号括起来的文字",
    "Invalid statement": "不是“名称 = 值”的写法",
}
"""What the parser of TOML says, by how it begins, and what an official reads."""

_CHINESE_MARK = re.compile("[“”‘’，＝［］＂]")
_FULL_WIDTH = re.compile("[０-９．]+")
_CAPITALS = re.compile(r"=\s*(?:True|TRUE|False|FALSE|Yes|No|是|否)\b")
_BEGINS_QUOTED = re.compile(r'(?:[^"=]*=)?\s*\[?\s*"')
_QUOTED = re.compile(r"""("[^"]*"|'[^']*'|#.*)""")


def explained(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What keeps ``text`` from being TOML, with the line, in Chinese."""
    said = next((told for begins, told in _UNPARSED.items() if str(error).startswith(begins)), "写法不对")
    lines = text.splitlines()
    place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    bare = _QUOTED.sub("", line)
    if mark := _CHINESE_MARK.search(bare):
        said += f"（这一行有中文标点 {mark[0]}，应改用英文标点）"
    elif digit := _FULL_WIDTH.search(bare):
        said = f"数字 {digit[0]} 是全角的，应改用半角"
    elif _CAPITALS.search(bare):
        said = "是和否应写 true、false，全部小写"
    elif line.partition("#")[0].count('"') % 2 and _BEGINS_QUOTED.match(line):
        said = "文字后面缺少英文双引号"
    return f"第 {place[1]} 行第 {place[2]} 列：{said}" if place else f"第 {number} 行末尾不完整：{said}"
