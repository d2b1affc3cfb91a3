"""No await inside a condition: GCC 12 reads a frame that was never written where the coroutine has no variables."""

import re

from tree import Finding

CONDITION = re.compile(r"\b(?:if|while|switch)\s*(?:constexpr\s*)?\(")
DECLARES = re.compile(r"\(\s*(?:const\s+)?auto\b[^;]*?=\s*co_await\b[^;]*\)", re.DOTALL)


def check(tree):
    return [
        Finding(source.path, source.line_of(begin.start()), "awaits inside a condition: name the value first")
        for source in tree.cpp()
        for begin in CONDITION.finditer(source.code)
        if awaits(condition_from(source.code, begin.end() - 1))
    ]


def awaits(condition):
    return re.search(r"\bco_await\b", condition) and not DECLARES.fullmatch(condition)


def condition_from(code, opening):
    depth = 0
    for place in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[place], 0)
        if depth == 0:
            return code[opening : place + 1]
    return ""
