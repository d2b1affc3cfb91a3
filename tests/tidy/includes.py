"""Who may include whom (design.md): the #include lines against the table of the architecture."""

import re

from tree import Finding, within

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)

CALLED_BY_ADAPTERS = ["bot/app/intake.hpp", "bot/app/queries.hpp"]
ADAPTER = ["bot/ports", "bot/domain", "adapters/http", "adapters/json", "adapters/words", *CALLED_BY_ADAPTERS]
# Nor may an adapter see these through a header of somebody else's.
HIDDEN_FROM_ADAPTERS = ["storage"]

# What a folder may include of ours, beside its own files. The longest match counts.
PROJECT = {
    "bot/domain": [],
    "bot/ports": ["bot/domain"],
    "bot/app": ["bot/ports", "bot/domain", "storage"],
    "bot/cli": ["bot", "adapters", "storage", "config"],
    "bot/main.cpp": ["bot", "adapters", "storage", "config"],
    "storage": ["bot/domain", "bot/ports"],
    "storage/sqlite": ["bot/domain", "bot/ports", "storage"],
    "adapters/json": ["bot/domain"],
    "adapters/words": ["bot/domain"],
    "adapters/sealing": ["bot/ports", "bot/domain"],
    "adapters/system": ["bot/ports", "bot/domain"],
    "adapters/http": ["bot/ports", "bot/domain", "adapters/json"],
    "adapters/slack": ADAPTER,
    "adapters/msteams": ADAPTER,
    "adapters/local": ADAPTER,
    "adapters/web": ADAPTER,
    "config": ["bot/domain", "adapters/json", "adapters/sealing"],
    "tests": ["bot", "adapters", "storage", "config", "tests"],
}
# Behind a door: only these may include what lies below (besides the folder itself and tests).
DOORS = {
    "storage/sqlite": ["bot/cli", "bot/main.cpp"],
    "bot/cli": ["bot/main.cpp"],
    "bot/main.cpp": [],
}

ADAPTERS = ["adapters"]
EDGE = ["adapters", "storage", "config", "bot/cli", "bot/main.cpp"]
LOOP = ["adapters", "storage", "bot/ports", "bot/app", "bot/cli", "bot/main.cpp"]
TLS = ["adapters/http", "adapters/sealing", "adapters/slack", "adapters/msteams", "storage/sqlite"]

# Which folder owns which library. The first prefix that matches counts. tests may use all of them.
LIBRARIES = [
    ("boost/system/", ["bot/domain/result.hpp", *LOOP]),
    ("boost/assert/", ["bot/domain", *LOOP, "config"]),
    ("boost/asio/awaitable.hpp", LOOP),
    ("boost/asio/impl/src.hpp", ["bot/ports/asio.cpp"]),
    ("boost/asio/ssl/impl/src.hpp", ["adapters/http"]),
    ("boost/asio/ssl", TLS),
    ("boost/asio", LOOP),
    ("boost/beast", ["adapters/http"]),
    ("boost/url", ["adapters", "config"]),
    ("nlohmann/", ["adapters", "storage/sqlite", "config", "bot/cli"]),
    ("SQLiteCpp/", ["storage/sqlite"]),
    ("sqlite3.h", ["storage/sqlite"]),
    ("openssl/", TLS),
    ("CLI/", ["bot/cli", "bot/main.cpp"]),
    ("fmt/", EDGE),
    ("date/", ["bot/domain/zone.cpp"]),
    ("utf8proc.h", ADAPTERS),
    ("libical/", ["config"]),
]
OPERATING_SYSTEM = ["adapters/system", "adapters/http", "storage", "config", "bot/cli", "bot/main.cpp"]
NEVER_IN_HEADERS = ("boost/asio", "boost/beast", "nlohmann/", "gtest/", "gmock/")
FOR_FIXTURES = ("boost/asio", "gtest/", "gmock/")
HEADER_OF_TASK = ("bot/ports/task.hpp", "boost/asio/awaitable.hpp")
NOT_PURE = set("condition_variable filesystem fstream future iostream mutex random shared_mutex thread".split())


def check(tree):
    findings = []
    included = {source.path: includes_of(source) for source in tree.cpp()}
    for source in tree.cpp():
        for include in INCLUDE.finditer(source.without_comments):
            quoted, target = include[1] == '"', include[2]
            problem = (project_problem if quoted else library_problem)(tree, source.path, target)
            problem = problem or (quoted and hidden_problem(included, source.path, target))
            if problem:
                findings.append(Finding(source.path, source.line_of(include.start(1)), problem))
    return findings


def includes_of(source):
    return [include[2] for include in INCLUDE.finditer(source.without_comments) if include[1] == '"']


def hidden_problem(included, path, target):
    """What an adapter would see through the headers that it may include."""
    if PROJECT.get(home_of(path)) is not ADAPTER:
        return None
    way = way_to_the_hidden(included, [target])
    return way and f"{home_of(path)} may not see {way[-1]}: {' -> '.join(way)}"


def way_to_the_hidden(included, way, seen=None):
    seen = seen if seen is not None else set()
    if within(way[-1], HIDDEN_FROM_ADAPTERS):
        return way
    for target in included.get(way[-1], []):
        if target in seen:
            continue
        seen.add(target)
        found = way_to_the_hidden(included, [*way, target], seen)
        if found:
            return found
    return None


def project_problem(tree, path, target):
    if "/" not in target:
        if target in generated_headers(tree, path):
            return None
        return f'"{target}": write the path from the root of the tree'
    if target not in tree.paths:
        return f'"{target}" does not exist'
    for door, callers in DOORS.items():
        if within(target, [door]) and not within(path, [door, "tests", *callers]):
            return f"{door} may be included by {', '.join(callers) or 'nobody'} only, not {target}"
    home = home_of(path)
    if home is None:
        return f"{path} lies in a folder that tests/tidy/includes.py does not know"
    if within(target, [home, *PROJECT[home]]):
        return None
    return f"{home} may not include {target}"


def library_problem(tree, path, target):
    if path.endswith((".hpp", ".h")) and target.startswith(NEVER_IN_HEADERS):
        fixture = within(path, ["tests"]) and target.startswith(FOR_FIXTURES)
        if not fixture and (path, target) != HEADER_OF_TASK:
            return f"<{target}> never in a header: it costs every file that includes it seconds"
    if within(path, ["tests"]):
        return None
    if re.fullmatch(r"[a-z_0-9]+", target):
        if target in NOT_PURE and within(path, ["bot/domain"]):
            return f"<{target}> in bot/domain: a decision is a pure function"
        return None
    for prefix, owners in LIBRARIES:
        if target.startswith(prefix):
            return None if within(path, owners) else f"<{target}> belongs to {', '.join(owners)}"
    if re.fullmatch(r"((arpa|linux|net|netinet|sys)/)?[a-z_0-9]+\.h", target):
        return None if within(path, OPERATING_SYSTEM) else f"<{target}>: the operating system is reached through a port"
    return f"<{target}>: a library that tests/tidy/includes.py does not know"


def home_of(path):
    homes = [home for home in PROJECT if within(path, [home])]
    return max(homes, key=len, default=None)


def generated_headers(tree, path):
    """muster_embed(<target> <name> ...) in the folder's CMakeLists.txt makes <name>.hpp."""
    lists = path.rpartition("/")[0] + "/CMakeLists.txt"
    if lists not in tree.paths:
        return set()
    return {f"{name}.hpp" for name in re.findall(r"muster_embed\(\s*\w+\s+(\w+)", tree.read(lists))}
