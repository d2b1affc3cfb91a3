"""What people read in a chat stands in config/texts, not in C++."""

import re

from tree import Finding

SPEAKS_TO_PEOPLE = ["bot/domain", "bot/app", "adapters/local", "adapters/slack", "adapters/msteams"]
FOR_PROGRAMMERS = re.compile(r"\bthrow\b|\b(?:static_)?assert\s*\(|\blog(?:::\w+|_\w+|ger)?\s*[.(]")
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])*")


def check(tree):
    return [
        Finding(source.path, literal.line, f'a sentence outside the catalogue: "{literal.text.strip()[:60]}"')
        for source in tree.cpp(*SPEAKS_TO_PEOPLE)
        for literal in source.literals
        if is_sentence(literal.text) and not FOR_PROGRAMMERS.search(source.statement_before(literal.start))
    ]


def is_sentence(text):
    text = text.strip()
    if text.startswith(("<", "{", "[")) or len(WORD.findall(text)) < 3:
        return False  # markup and JSON; their words are checked where they are translated
    words = [word for word in text.split() if WORD.search(word)]
    return len(words) >= 3 and (text[0].isupper() or text[-1] in ".?!")
