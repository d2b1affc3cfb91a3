"""Time, chance, blocking and detached work only where the seams are: the program runs on virtual time."""

import re

from tree import Finding, within

SEAMS = ["adapters/system", "storage"]
TESTS_OF_REAL_TIME = [
    "tests/unit/adapters/system",
    "tests/unit/storage",
    "tests/bench",
    "tests/e2e",
    "tests/abuse",
]
ENVIRONMENT = ["bot/cli", "config"]

NOT_A_MEMBER = r"(?<![\w.>:])(?:std::|::)?"
# (what it is, the pattern, where it is allowed)
BANNED = [
    ("asks for the time: take `now` as an argument, or ask the Clock port",
     r"\b\w+_clock::now\b"
     rf"|{NOT_A_MEMBER}(?:gettimeofday|clock_gettime|timespec_get|localtime(?:_r)?|mktime)\s*\("
     rf"|{NOT_A_MEMBER}time\s*\(\s*(?:nullptr|NULL|0|&)|\b(?:std)?::time\s*\(",
     [*SEAMS, *TESTS_OF_REAL_TIME]),
    ("waits for real time: sleep on the Clock port",
     r"\bthis_thread::sleep_(?:for|until)\b"
     rf"|{NOT_A_MEMBER}(?:usleep|nanosleep)\s*\(|{NOT_A_MEMBER}sleep\s*\(\s*\d",
     [*SEAMS, *TESTS_OF_REAL_TIME]),
    ("an Asio timer does not run on virtual time: pause on the Clock port",
     r"\b(?:steady|system|high_resolution|deadline)_timer\b(?!\.hpp|::|[^;]*time_point::max\(\))"
     r"|(?:\.|->)expires_(?:after|at|from_now)\s*\(",
     ["adapters/http", *SEAMS, *TESTS_OF_REAL_TIME]),
    ("takes chance from somewhere: use the seed of the event, or the Entropy port",
     rf"{NOT_A_MEMBER}s?rand\s*\(|\brandom_device\b|\bdefault_random_engine\b"
     r"|\bmt19937(?:_64)?\s+\w*[^\W_]\s*(?:;|\{\s*\})|\bmt19937(?:_64)?\s*(?:\{\s*\}|\(\s*\))",
     SEAMS),
    ("starts another program",
     rf"{NOT_A_MEMBER}(?:system\s*\(\s*[\w\"]|popen\s*\()",
     ["tests/e2e", "tests/abuse"]),
    ("reads the environment: that is for config and bot/cli",
     rf"{NOT_A_MEMBER}(?:secure_)?getenv\s*\(",
     [*ENVIRONMENT, "tests/e2e", "tests/abuse"]),
    ("nothing is detached: spawn it in a TaskGroup that waits for it",
     r"\bdetached\b(?!\.hpp)|\.detach\s*\(\s*\)",
     []),
    ("starts a thread: the loop owns all state outside the database",
     r"\bstd::j?thread\b(?!::)|\bstd::async\b",
     [*SEAMS, "tests"]),
]


def check(tree):
    findings = []
    for source in tree.cpp():
        for what, pattern, allowed in BANNED:
            if within(source.path, allowed):
                continue
            for match in re.finditer(pattern, source.code):
                name = source.text[match.start() : match.end()].strip()
                findings.append(Finding(source.path, source.line_of(match.start()), f"`{name}` {what}"))
    return findings
