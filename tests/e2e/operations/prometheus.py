"""The text format of Prometheus (0.0.4), read as strictly as it is written down."""

import re

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
SAMPLE = re.compile(r"(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?P<labels>.*)\})? (?P<value>\S+)")
LABEL = re.compile(r'(?P<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?P<value>(?:[^"\\\n]|\\\\|\\"|\\n)*)"')
ENDINGS = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


class Wrong(AssertionError):
    pass


class Exposition:
    """families: name -> kind. samples: (name, ((label, value), ...)) -> number."""

    def __init__(self, text):
        self.families, self.help, self.samples = {}, {}, {}
        family = None
        if not text.endswith("\n"):
            raise Wrong("the last line does not end")
        for line in text.split("\n")[:-1]:
            family = self._line(line, family)
        for name, kind in self.families.items():
            self._expect_whole(name, kind)

    def value(self, name, **labels):
        return self.samples.get((name, tuple(sorted(labels.items()))))

    def _line(self, line, family):
        if line.startswith("# HELP "):
            name, _, words = line[7:].partition(" ")
            if name in self.help or not words:
                raise Wrong(f"help twice or empty: {line}")
            self.help[name] = words
            return name
        if line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            if name != family or name in self.families or kind not in ENDINGS:
                raise Wrong(f"type without its help, twice or unknown: {line}")
            self.families[name] = kind
            return name
        self._sample(line, family)
        return family

    def _sample(self, line, family):
        found = SAMPLE.fullmatch(line)
        if not found or family not in self.families:
            raise Wrong(f"no sample of {family}: {line}")
        kind = self.families[family]
        if found["name"] not in [family + ending for ending in ENDINGS[kind]]:
            raise Wrong(f"in the family {family}: {line}")
        labels = self._labels(found["labels"], line)
        key = (found["name"], tuple(sorted(labels.items())))
        if key in self.samples:
            raise Wrong(f"twice: {line}")
        self.samples[key] = float(found["value"])

    def _labels(self, text, line):
        labels, rest = {}, text or ""
        while rest:
            found = LABEL.match(rest)
            if not found or found["name"] in labels:
                raise Wrong(f"labels: {line}")
            labels[found["name"]] = found["value"]
            rest = rest[found.end():]
            if rest and not rest.startswith(","):
                raise Wrong(f"labels: {line}")
            rest = rest[1:]
        return labels

    def _expect_whole(self, name, kind):
        mine = {key: value for key, value in self.samples.items()
                if key[0] in [name + ending for ending in ENDINGS[kind]]}
        if not mine:
            raise Wrong(f"{name} has no sample")
        if kind == "counter" and (not name.endswith("_total") or min(mine.values()) < 0):
            raise Wrong(f"{name} is no counter")
        if kind == "histogram":
            self._expect_histogram(name, mine)

    def _expect_histogram(self, name, samples):
        by_series = {}
        for (sample, labels), value in samples.items():
            if sample != name + "_bucket":
                continue
            bound = dict(labels)["le"]
            others = tuple(label for label in labels if label[0] != "le")
            by_series.setdefault(others, []).append((float(bound.replace("+Inf", "inf")), value))
        for labels, buckets in by_series.items():
            buckets.sort()
            counts = [count for _, count in buckets]
            if buckets[-1][0] != float("inf") or counts != sorted(counts):
                raise Wrong(f"{name} has buckets that do not hold each other")
            if samples[(name + "_count", labels)] != counts[-1] or (name + "_sum", labels) not in samples:
                raise Wrong(f"{name} does not add up")
