"""No SQL outside storage: the Store is the only door to the database."""

import re

from tree import Finding

STATEMENT = re.compile(
    r"""^\s*(?:
        SELECT\b.+\bFROM\b | INSERT\s+(?:OR\s+\w+\s+)?INTO\b | REPLACE\s+INTO\b | UPDATE\s+\w+\s+SET\b
      | DELETE\s+FROM\b | (?:CREATE|DROP|ALTER)\s+(?:TEMP\s+|UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\b
      | PRAGMA\s+\w | VACUUM\s+INTO\b | BEGIN\s+IMMEDIATE\b | ATTACH\s+(?:DATABASE\b|')
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def check(tree):
    return [
        Finding(source.path, literal.line, f'SQL outside storage: "{literal.text.strip()[:60]}"')
        for source in tree.cpp("bot", "adapters", "config")
        for literal in source.literals
        if STATEMENT.match(literal.text)
    ]
