"""The tree as the checks see it: its files, and C++ taken apart into code, comments and strings."""

import dataclasses
import functools
import pathlib
import re

LEFT_OUT = {".git", "build", "var", "node_modules", "__pycache__"}

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\((?P<raw_text>.*?)\)(?P=mark)")
      | (?P<string>(?:u8|[uUL])?"(?P<text>(?:\\.|[^"\\\n])*)")
      | (?P<character>(?:u8|[uUL])?'(?:\\.|[^'\\\n])+')
      | [A-Za-z_]\w* | \.?\d(?:'?[\w.])*""",
    re.VERBOSE | re.DOTALL,
)


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


@dataclasses.dataclass(frozen=True)
class Literal:
    """A string as the program sees it: neighbours that C++ joins are joined."""

    line: int
    text: str
    start: int  # offsets of the first quote and of the end in the file
    end: int


class Source:
    """One C++ file. `code` has comments and the insides of strings blanked; offsets and lines stay."""

    def __init__(self, path, text):
        self.path = path
        self.text = text

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    @functools.cached_property
    def code(self):
        return self._blanked({"comment", "raw", "string", "character"})

    @functools.cached_property
    def without_comments(self):
        return self._blanked({"comment"})

    @functools.cached_property
    def literals(self):
        found = []
        for token in TOKEN.finditer(self.text):
            if not (token["raw"] or token["string"]) or self._is_include(token.start()):
                continue
            text = token["raw_text"] if token["raw"] else unescaped(token["text"])
            if found and not self.code[found[-1].end : token.start()].strip():
                first = found.pop()
                found.append(dataclasses.replace(first, text=first.text + text, end=token.end()))
            else:
                found.append(Literal(self.line_of(token.start()), text, token.start(), token.end()))
        return found

    def statement_before(self, offset):
        """The code between the end of the statement before and `offset`."""
        begin = max(self.code.rfind(";", 0, offset), self.code.rfind("}", 0, offset))
        return self.code[begin + 1 : offset]

    def _is_include(self, offset):
        begin = self.text.rfind("\n", 0, offset) + 1
        return self.text[begin:offset].lstrip().startswith("#")

    def _blanked(self, kinds):
        def blank(token):
            kind = next((k for k in ("comment", "raw", "string", "character") if token[k]), None)
            if kind not in kinds:
                return token[0]
            keep = kind != "comment"
            inside = re.sub(r"[^\n]", " ", token[0][1:-1] if keep else token[0])
            return f'"{inside}"' if keep else inside

        return TOKEN.sub(blank, self.text)


def unescaped(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)

    @functools.cached_property
    def paths(self):
        return sorted(self._walk(self.root))

    def _walk(self, folder):
        for entry in folder.iterdir():
            if entry.is_symlink() or entry.name in LEFT_OUT:
                continue
            if entry.is_dir():
                yield from self._walk(entry)
            else:
                yield entry.relative_to(self.root).as_posix()

    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @functools.lru_cache(maxsize=None)
    def source(self, path):
        return Source(path, self.read(path))

    def cpp(self, *folders):
        """The C++ sources below these folders (all when none is named)."""
        return [
            self.source(path)
            for path in self.paths
            if path.endswith((".cpp", ".hpp", ".h")) and (not folders or within(path, folders))
        ]


def within(path, places):
    """Is the path one of these files, or below one of these folders?"""
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)
