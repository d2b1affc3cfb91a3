#!/usr/bin/python3
"""Writes what python-dateutil says of 100,000 random recurrence rules.

usage: /usr/bin/python3 rules.py > rules.txt        (a few minutes: four characters of a hash for each rule)
       /usr/bin/python3 rules.py --show 17 400      (rules 17 to 399 in plain text)

The rules themselves are not stored: rules_test.cpp makes the same ones from the same seed. README.md
explains the form of both outputs.
"""
import sys
from datetime import datetime, timedelta

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, MO, rrule, weekday

RULES = 100_000
SEED = 20261122
DATES = 12
EPOCH = datetime(2000, 1, 1)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def main():
    if sys.argv[1:2] == ["--show"]:
        for number in range(int(sys.argv[2]), int(sys.argv[3])):
            print(story(number))
        return
    for line in range(0, RULES, 25):
        print("".join(mark(story(number)) for number in range(line, line + 25)))


def story(number):
    rule = RandomRule(Random(SEED + number))
    dates, answers = walk(rule)
    return "|".join(
        [rule.text(), written(rule.start), ",".join(map(written, dates))]
        + [f"{written(probe)}>{written(answer)}" for probe, answer in zip(rule.probes, answers)]
    )


class RandomRule:
    """The order of the draws is part of the contract with rules_test.cpp."""

    def __init__(self, random):
        self.frequency = ["DAILY", "WEEKLY", "MONTHLY"][random.below(3)]
        kind = random.below(20)
        self.interval = 1 if kind < 10 else 2 + random.below(4) if kind < 17 else 6 + random.below(361)
        self.start = EPOCH + timedelta(days=random.below(60 * 365))
        ending = random.below(4)
        self.until = self.start + timedelta(days=random.below(4000)) if ending == 2 else None
        self.count = 1 + random.below(60) if ending == 3 else None
        days = random.below(128)
        self.days = [day for bit, day in enumerate(DAYS) if days >> bit & 1]
        self.month_kind = random.below(3)
        self.month_day = random.below(32) or -1
        self.ordinal = [1, 2, 3, 4, 5, -1][random.below(6)]
        self.ordinal_day = random.below(7)
        self.has_start = random.below(10) != 0
        far = 9000 if random.below(10) == 0 else 2500
        self.probes = [self.start + timedelta(days=random.below(limit) - 50) for limit in (450, 1500, far)]
        needs_start = (
            self.interval > 1
            or self.count
            or (self.frequency == "WEEKLY" and not self.days)
            or (self.frequency == "MONTHLY" and self.month_kind == 0)
        )
        if not self.has_start and not needs_start:
            self.probes.append(self.start)
            self.start = None

    def text(self):
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.frequency == "WEEKLY" and self.days:
            parts.append("BYDAY=" + ",".join(self.days))
        if self.frequency == "MONTHLY" and self.month_kind == 1:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.frequency == "MONTHLY" and self.month_kind == 2:
            parts.append(f"BYDAY={self.ordinal}{DAYS[self.ordinal_day]}")
        if self.until:
            parts.append(self.until.strftime("UNTIL=%Y%m%d"))
        if self.count:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)

    def as_dateutil(self):
        start = self.start or datetime(1990, 1, 1)
        options = dict(dtstart=start, interval=self.interval, until=self.until, count=self.count, wkst=MO)
        if self.frequency == "DAILY":
            return rrule(DAILY, **options)
        if self.frequency == "WEEKLY":
            days = [weekday(DAYS.index(day)) for day in self.days] or None
            return rrule(WEEKLY, byweekday=days, **options)
        if self.month_kind == 2:
            return rrule(MONTHLY, byweekday=weekday(self.ordinal_day)(self.ordinal), **options)
        day = start.day if self.month_kind == 0 else self.month_day
        if day < 29:
            return rrule(MONTHLY, bymonthday=day, **options)
        # Ours: a day that the month lacks is its last. dateutil says it as "the last of 28, 29, ... day that exist".
        return rrule(MONTHLY, bymonthday=list(range(28, day + 1)), bysetpos=-1, **options)


def walk(rule):
    """The first dates from the start (or the last probe) on, and the first on or after each probe."""
    begin = rule.start or rule.probes[-1]
    next_day = begin
    earliest = [max(begin, probe) if rule.start else probe for probe in rule.probes]
    dates, answers = [], [None] * len(earliest)
    for date in rule.as_dateutil():
        too_far = not near(date, next_day)
        if date >= begin and len(dates) < DATES and not too_far:
            dates.append(date)
            next_day = date + timedelta(days=1)
        for index, wanted in enumerate(earliest):
            if answers[index] is None and date >= wanted:
                answers[index] = date
        if (len(dates) == DATES or too_far) and all(answers):
            break
    return dates, [a if a and near(a, wanted) else None for a, wanted in zip(answers, earliest)]


def near(date, earliest):
    """Muster looks at most 60 years ahead."""
    return (date.year - earliest.year) * 12 + date.month - earliest.month <= 720


def written(date):
    return date.strftime("%Y-%m-%d") if date else "none"


def mark(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    value ^= value >> 32
    return "".join(LETTERS[value >> shift & 63] for shift in (0, 6, 12, 18))


class Random:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed * 0xD1342543DE82EF95 & 0xFFFFFFFFFFFFFFFF

    def below(self, limit):
        self.state = self.state + 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        value = self.state
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        value = (value ^ value >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 31
        return value % limit


if __name__ == "__main__":
    main()
