#!/usr/bin/python3
"""Writes zones.txt: what Python's zoneinfo says of every change of the clocks from 2000 to 2037.

usage: /usr/bin/python3 zones.py > zones.txt        (about two minutes)

The form of the file is explained in README.md.
"""
import re
import zoneinfo
from datetime import datetime, timedelta, timezone
from pathlib import Path

ZONEINFO = Path("/usr/share/zoneinfo")
FIRST = int(datetime(2000, 1, 1, tzinfo=timezone.utc).timestamp())
END = int(datetime(2038, 1, 1, tzinfo=timezone.utc).timestamp())
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


def main():
    zoneinfo.reset_tzpath([str(ZONEINFO)])
    version = re.match(r"# version (\S+)", (ZONEINFO / "tzdata.zi").read_text()).group(1)
    print(f"tzdata {version}")
    for names in zones_of_equal_data():
        zone = zoneinfo.ZoneInfo(names[0])
        print("zones", *names)
        print("offset", in_minutes(offset_at(zone, FIRST)))
        for instant in changes(zone):
            print_change(zone, instant)


def zones_of_equal_data():
    by_data = {}
    for name in sorted(zoneinfo.available_timezones() - {"localtime", "Factory"}):
        by_data.setdefault((ZONEINFO / name).read_bytes(), []).append(name)
    return by_data.values()


def changes(zone):
    """Instants at which the offset changes, found by looking every six hours, then by halving."""
    step = 6 * 3600
    for before in range(FIRST, END, step):
        low, high = before, before + step
        if offset_at(zone, low) == offset_at(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset_at(zone, middle) == offset_at(zone, low) else (low, middle)
        yield high


def print_change(zone, instant):
    before, after = offset_at(zone, instant - 1), offset_at(zone, instant)
    local = [datetime.fromtimestamp(instant + offset, timezone.utc).replace(tzinfo=None) for offset in (before, after)]
    slot = midnight(min(local)) - DAY
    end = midnight(max(local)) + 2 * DAY
    first, last = [], []
    while slot < end:
        one, other = instants_of(zone, slot)
        first.append(token(slot, one, instant, before, after))
        last.append(token(slot, other, instant, before, after))
        slot += QUARTER
    time = datetime.fromtimestamp(instant, timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
    print(time, in_minutes(before), in_minutes(after), runs(first), *([runs(last)] if last != first else []))


def instants_of(zone, local):
    """The first and the last instant of a local time, by the rule of spec: none on a skipped date,
    the first instant after a gap."""
    early = local.replace(tzinfo=zone, fold=0)
    late = local.replace(tzinfo=zone, fold=1)
    if shows(zone, early.timestamp()) == local:
        return int(early.timestamp()), int(late.timestamp())
    if is_skipped(zone, local):
        return None, None
    low, high = int(late.timestamp()), int(early.timestamp())  # in a gap the later fold is the earlier instant
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if shows(zone, middle) > local else (middle, high)
    return high, high


def is_skipped(zone, local):
    start = midnight(local)
    slots = (start + n * QUARTER for n in range(96))
    return all(shows(zone, s.replace(tzinfo=zone).timestamp()) != s for s in slots)


def token(local, instant, change, before, after):
    if instant is None:
        return "x"
    if instant == change:
        return "c"
    offset = int(local.replace(tzinfo=timezone.utc).timestamp()) - instant
    return {before: "b", after: "a"}.get(offset) or f"o{in_minutes(offset)}:"


def runs(tokens):
    written, count = [], 0
    for index, current in enumerate(tokens):
        count += 1
        if index + 1 == len(tokens) or tokens[index + 1] != current:
            written.append(f"{current}{count}")
            count = 0
    return ",".join(written)


def in_minutes(offset):
    assert offset % 60 == 0
    return offset // 60


def shows(zone, timestamp):
    return datetime.fromtimestamp(timestamp, zone).replace(tzinfo=None, fold=0)


def offset_at(zone, timestamp):
    return int(datetime.fromtimestamp(timestamp, zone).utcoffset().total_seconds())


def midnight(local):
    return local.replace(hour=0, minute=0, second=0)


if __name__ == "__main__":
    main()
