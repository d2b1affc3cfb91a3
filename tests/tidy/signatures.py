"""Signatures are compared by CRYPTO_memcmp only: how long any other comparison takes tells how much of it was right."""

import re

from tree import Finding

SIGNATURE = re.compile(r"\w*(?:signature|hmac)\w*|\bsign(?=\s*\()", re.IGNORECASE)
COMPARISON = re.compile(r"[=!]=|<=>")
COMPARING_CALL = re.compile(
    r"\b(?:memcmp|bcmp|str(?:n|case|ncase)?cmp|equal|equal_to|not_equal_to|mismatch|compare|compare_three_way"
    r"|lexicographical_compare(?:_three_way)?)\b(?:<[^<>]*>)?\s*(?:\{\s*\}\s*)?\("
)
# What is asked of a signature without looking at its bytes, and what is no signature.
NOT_ITS_BYTES = re.compile(r"(?:\.|->|::)(?:size|length|count|find|end|has_value|index)\s*\(.*\)\s*$", re.DOTALL)
NO_SIGNATURE = re.compile(r"\s*(?:nullptr|(?:std::)?nullopt|[\d']+\w*|'[^']*'|[^,]*(?:\.|->)end\(\))\s*$")


def check(tree):
    findings = []
    for source in tree.cpp("adapters", "bot", "storage", "config"):
        for place in [*operators(source.code), *calls(source.code)]:
            findings.append(
                Finding(source.path, source.line_of(place), "a signature is compared: only CRYPTO_memcmp may do that")
            )
    return findings


def operators(code):
    for match in COMPARISON.finditer(code):
        sides = [before(code, match.start()), after(code, match.end())]
        if any(NO_SIGNATURE.match(side) for side in sides):
            continue
        if any(SIGNATURE.search(side) and not NOT_ITS_BYTES.search(side) for side in sides):
            yield match.start()


def calls(code):
    for match in COMPARING_CALL.finditer(code):
        receiver = before(code, match.start()) if code[: match.start()].endswith((".", "->")) else ""
        if SIGNATURE.search(receiver + " " + after(code, match.end(), commas=True)):
            yield match.start()


def before(code, end):
    """The operand that ends here."""
    depth, at = 0, end
    while at > 0:
        letter = code[at - 1]
        depth += (letter in ")]") - (letter in "([")
        if depth < 0 or (depth == 0 and ends_operand(code, at - 1)):
            break
        at -= 1
    return re.sub(r"^\s*(?:co_)?return\b", "", code[at:end])


def after(code, begin, commas=False):
    """The operand that begins here; with `commas`, all arguments of a call."""
    depth, at = 0, begin
    while at < len(code):
        letter = code[at]
        depth += (letter in "([") - (letter in ")]")
        if depth < 0 or (depth == 0 and ends_operand(code, at) and not (commas and letter == ",")):
            break
        at += 1
    return code[begin:at]


def ends_operand(code, at):
    if code[at] in ";{},?":
        return True
    around = code[max(at - 1, 0) : at + 2]
    if code[at] == ":":
        return "::" not in around
    if code[at] == "=":
        return not re.search(r"[=!<>]=", around)
    return code[at] in "&|" and ("&&" in around or "||" in around)
