"""The bot has never heard of Slack or Teams: if it needs the word, the neutral Message lacks a field."""

import re

from tree import Finding

PLATFORM = re.compile(r"slack|ms_?teams|microsoft", re.IGNORECASE)


def check(tree):
    return [
        Finding(source.path, source.line_of(match.start()), f"`{match[0]}`: only adapters know the platforms by name")
        for source in tree.cpp("bot/domain", "bot/ports", "bot/app")
        for match in PLATFORM.finditer(source.without_comments)
    ]
