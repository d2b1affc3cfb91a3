"""The text catalogue config/texts/<language>.json: complete, plain, and used.

A file is one flat object: key -> sentence, or key -> {"plural": "<argument>", "one": ..., "other": ...}.
Arguments stand in {braces}, with the style they are put in words where they have several: {closes|time}.
"""

import json
import re

from tree import Finding

FOLDER = "config/texts/"
SOURCE_LANGUAGE = "en"
BUILT_KEYS = "tests/tidy/built_keys.txt"

KEY = re.compile(r"[a-z][a-z_0-9]*(?:\.[a-z_0-9]+)+")
ARGUMENT = re.compile(r"\{([^{}]*)\}")
PLURAL_FORMS = {
    "en": {"one", "other"},
    "cy": {"zero", "one", "two", "few", "many", "other"},
}

# Words that no language uses, and words that English does not use (pattern, what to do instead).
NEVER = [
    (re.compile("·"), 'no "·": write two sentences, or a comma'),
    (re.compile(r"[!?]{2,}|!"), "no exclamation mark"),
    (re.compile(r"\bDMs?\b"), 'DM is "message"'),
    (re.compile(r"^\s|\s$|  "), "stray space"),
    (re.compile(r"\.\.\.|…"), "no dots: say it, or end the sentence"),
]
NEVER_IN_ENGLISH = [
    (re.compile(r"\bplease\b", re.I), 'no "please"'),
    (re.compile(r"\b(?:missed|ignored)\b", re.I), "never blame: say what is, and what happens next"),
    (re.compile(r"\b(?:e\.g|i\.e)\b\.?|\betc\b", re.I), "no abbreviation: for example, that is, and so on"),
    (re.compile(r"\b(?:hrs?|mins?|secs?|approx|asap|tbc|vs|std)\b|\bn/a\b", re.I), "no abbreviation: spell it out"),
    (re.compile(r"\bclick\w*", re.I), 'not everyone clicks: "select"'),
    (re.compile(r"\bsimply\b|\bjust\b|\beasy\b|\beasily\b", re.I), "what is simple to one is not to another: leave it out"),
]
NAMES = set(
    """I Muster Slack Teams Microsoft Markdown CSV JSON UTC UK England Wales Scotland Northern Ireland English Welsh
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December""".split()
)


def check(tree):
    paths = [path for path in tree.paths if path.startswith(FOLDER) and path.endswith(".json")]
    findings, languages = [], {}
    for path in paths:
        catalogue = Catalogue(path, tree.read(path))
        findings += catalogue.problems
        languages[catalogue.language] = catalogue
    source = languages.get(SOURCE_LANGUAGE)
    for catalogue in languages.values():
        findings += wording(catalogue)
        findings += plurals(catalogue)
        if source and catalogue is not source:
            findings += differences(source, catalogue)
    if source:
        findings += use_in_code(tree, source)
    return findings


class Catalogue:
    def __init__(self, path, text):
        self.path = path
        self.language = path[len(FOLDER) : -len(".json")]
        self.text = text
        self.entries = {}
        self.problems = []
        try:
            pairs = json.loads(text, object_pairs_hook=list)
        except ValueError as error:
            self.problems.append(Finding(path, getattr(error, "lineno", 1), f"not JSON: {error}"))
            return
        for key, value in pairs:
            self._add(key, dict(value) if isinstance(value, list) else value)

    def _add(self, key, value):
        if key.startswith("$"):
            return  # $schema, $comment
        if key in self.entries:
            self.problems.append(self.finding(key, "stands here twice"))
        if not KEY.fullmatch(key):
            self.problems.append(self.finding(key, "a key is words_like_this.joined_by_dots"))
        sentences = value.values() if isinstance(value, dict) else [value]
        if not all(isinstance(sentence, str) and sentence for sentence in sentences):
            self.problems.append(self.finding(key, "holds neither a sentence nor plural forms"))
            return
        self.entries[key] = value

    def forms(self, key):
        """The sentences of a key: one, or one for each plural form."""
        value = self.entries[key]
        return [value] if isinstance(value, str) else [v for k, v in value.items() if k != "plural"]

    def sentences(self):
        return [(key, sentence) for key in self.entries for sentence in self.forms(key)]

    def arguments(self, key):
        found = {found.partition("|")[0] for sentence in self.forms(key) for found in ARGUMENT.findall(sentence)}
        value = self.entries[key]
        return found | ({value["plural"]} if isinstance(value, dict) and "plural" in value else set())

    def finding(self, key, problem):
        offset = max(self.text.find(json.dumps(key)), 0)
        return Finding(self.path, self.text.count("\n", 0, offset) + 1, f"{key}: {problem}")


def wording(catalogue):
    english = catalogue.language == SOURCE_LANGUAGE
    labels = {s for _, s in catalogue.sentences() if len(s.split()) <= 4 and not s.endswith(".")}
    findings = []
    for key, sentence in catalogue.sentences():
        spoken = ARGUMENT.sub("{}", sentence)
        for pattern, advice in NEVER + (NEVER_IN_ENGLISH if english else []):
            if pattern.search(spoken):
                findings.append(catalogue.finding(key, f'{advice}: "{sentence[:70]}"'))
        for name in ARGUMENT.findall(sentence):
            if not re.fullmatch(r"[a-z][a-z_0-9]*(?:\|[a-z_]+)?", name):
                findings.append(catalogue.finding(key, f"{{{name}}} is no name of an argument"))
        if re.search(r"[{}]", ARGUMENT.sub("", sentence)):
            findings.append(catalogue.finding(key, f'a brace without its partner: "{sentence[:70]}"'))
        for word in title_case(spoken, labels - {sentence}) if english else []:
            findings.append(catalogue.finding(key, f'"{word}" is not sentence case: "{sentence[:70]}"'))
    return findings


def title_case(sentence, labels):
    """Capitals inside a sentence that neither are a name nor begin a button's label that it quotes."""
    for label in sorted(labels, key=len, reverse=True):
        sentence = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", label.lower(), sentence)
    inside = re.compile(r"(?<=[\w,;)}'’] )(?:[^\w\s{]*)([A-Z]\w*)")
    return [word for word in inside.findall(sentence) if word not in NAMES]


def plurals(catalogue):
    findings = []
    needed = PLURAL_FORMS.get(catalogue.language)
    if needed is None:
        return [Finding(catalogue.path, 1, f"tests/tidy/catalogue.py does not know the plural forms of {catalogue.language}")]
    for key, value in catalogue.entries.items():
        if not isinstance(value, dict):
            continue
        if "plural" not in value:
            findings.append(catalogue.finding(key, 'needs "plural": the argument that is counted'))
        forms = set(value) - {"plural"}
        if forms != needed:
            findings.append(catalogue.finding(key, f"has the forms {sorted(forms)}, needs {sorted(needed)}"))
    return findings


def differences(source, other):
    findings = [other.finding(key, "is not translated") for key in source.entries if key not in other.entries]
    for key in other.entries:
        if key not in source.entries:
            findings.append(other.finding(key, f"is not in {source.path}"))
        elif source.arguments(key) != other.arguments(key):
            findings.append(
                other.finding(key, f"has {sorted(other.arguments(key))}, {source.path} {sorted(source.arguments(key))}")
            )
    return findings


def use_in_code(tree, catalogue):
    """A key may be named anywhere; but only text(...) and Text{...} are certain to name one, as the kinds of
    event_log look the same. A slip elsewhere shows as a key that no code uses."""
    built = built_keys(tree)
    findings, used = [], set()
    for source in tree.cpp("bot", "adapters", "config", "storage"):
        for literal in source.literals:
            if not KEY.fullmatch(literal.text):
                if literal.text not in built and is_text(source, literal):
                    findings.append(Finding(source.path, literal.line, f'"{literal.text}" is no key of the catalogue'))
                continue
            if literal.text in catalogue.entries:
                used.add(literal.text)
            elif is_text(source, literal):
                findings.append(Finding(source.path, literal.line, f'"{literal.text}" is not in {catalogue.path}'))
    for key in catalogue.entries:
        if key not in used and not any(key.startswith(prefix) for prefix in built):
            findings.append(catalogue.finding(key, "no code uses it"))
    for prefix in built:
        if not any(key.startswith(prefix) for key in catalogue.entries):
            findings.append(Finding(BUILT_KEYS, 1, f"no key begins with {prefix}"))
    return findings


def is_text(source, literal):
    return re.search(r"(?<![.>])\b(?:Text\s*\{|[Tt]ext\s*\()\s*(?:\.key\s*=\s*)?$", source.code[: literal.start]) is not None


def built_keys(tree):
    """Beginnings of keys that code completes at run time, each with its reason: `prefix.  reason`."""
    if BUILT_KEYS not in tree.paths:
        return []
    lines = (line.strip() for line in tree.read(BUILT_KEYS).splitlines())
    return [line.split()[0] for line in lines if line and not line.startswith("#")]
