"""What must never be after a stand-up in Slack, however often the bot died (spec/reliability.md I1, I2, I10, I11)."""

import collections

from colleagues import prompts_of
from office import summaries_in


def look_for_harm(office, people, may_stand_twice):
    """`may_stand_twice`: channels that the bot may not read, and in which it has said so in its log."""
    state = office.slack.state()
    problems = []
    for person in people:
        problems += harm_to_person(person, state)
    problems += [f"{times} messages are {mark} in {channel}" for channel, mark, times in marks_of(state)
                 if times > (2 if channel in may_stand_twice else 1)]
    if "C0TEAM" not in may_stand_twice:
        problems += harm_in_channel(people, state)
    problems += [f"Slack complains: {violation}" for violation in office.slack.violations()]
    return problems


def harm_in_answers(rows, people):
    found = collections.Counter((row["person"], row["question"], row["answer"]) for row in rows)
    due = collections.Counter((person.name, "today", person.plan) for person in people)
    shown_later = {person.blocker for person in people}  # typed blockers are held back for a while
    problems = [f"acknowledged and not kept: {answer}" for answer in due if answer not in found]
    problems += [f"kept {times} times: {answer}" for answer, times in found.items() if times > 1]
    return problems + [f"kept, but not (or not any more) said: {answer}" for answer in found
                       if answer not in due and answer[2] not in shown_later]


def harm_to_person(person, state):
    prompts = prompts_of(person.key, state)
    if len(prompts) != 1:
        return [f"{person.name} has {len(prompts)} prompts"]
    problems = []
    for words in filter(None, (person.plan, person.blocker)):
        times = prompts[0]["plain"].count(words)
        if times != 1:
            problems.append(f"the prompt of {person.name} shows {words!r} {times} times")
    return problems


def harm_in_channel(people, state):
    summaries = summaries_in(state)
    if len(summaries) != 1:
        return [f"{len(summaries)} summaries"]
    problems = []
    if f"{len(people)} of {len(people)} answered" not in summaries[0]["plain"]:
        problems.append(f"the summary says {summaries[0]['plain']!r}")
    entries = [message["plain"] for message in state["messages"]["C0TEAM"] if message["thread"]]
    for person in people:
        times = sum(person.plan in entry for entry in entries)
        if times != 1:
            problems.append(f"{person.plan!r} stands in {times} entries below the summary")
    return problems


def marks_of(state):
    """Every message of the bot carries its delivery's mark on its first block: which, and how often."""
    for channel, messages in state["messages"].items():
        marks = collections.Counter(
            message["blocks"][0]["block_id"] for message in messages if message["bot"] and message["blocks"])
        yield from ((channel, mark, times) for mark, times in marks.items())
