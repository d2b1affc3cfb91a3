"""People in a Slack who answer their stand-up and do not give up. What they see is all that they know."""

import threading
import time

from office import posted_to, user_of

PATIENCE = 200  # seconds: a post that a kill left uncertain is made again after 60, and two kills are possible
LOOK_EVERY = 0.15
NOTHING_CAME = 4  # seconds after which somebody presses again

MANNERS = ["form", "form with a blocker", "form, then changed", "line", "line, then edited", "line and a blocker"]


class Window:
    """What all of them look through: Slack is asked once for everybody."""

    def __init__(self, slack):
        self.slack = slack
        self.lock = threading.Lock()
        self.seen, self.at = None, 0

    def look(self):
        with self.lock:
            if time.monotonic() - self.at > LOOK_EVERY:
                self.seen, self.at = self.slack.state(), time.monotonic()
            return self.seen

    def wait_for(self, what, patience=PATIENCE):
        """The first true `what(state)`; None when patience ends."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := what(self.look()):
                return found
            time.sleep(LOOK_EVERY)
        return None


class Colleague:
    def __init__(self, window, key, name, chance):
        self.window, self.key, self.name, self.chance = window, key, name, chance
        self.plan = None  # the words that count in the end
        self.replaced = set()
        self.blocker = None

    def start_the_stand_up(self):
        while self.act("command", command="/muster", text="start", channel="C0TEAM")["status"] != 200:
            time.sleep(0.3)

    def answer(self, manner):
        prompt = self.prompt("[Answer]")
        time.sleep(self.chance.uniform(0, 1.5))
        if "blocker" in manner:
            self.blocker = self.new_words("is stuck at")
        self.plan = self.new_words("will")
        if manner.startswith("form"):
            self.send_the_form(prompt, "Answer")
        else:
            line = self.say(self.plan)
        if manner == "form, then changed":
            self.change_words()
            self.send_the_form(self.prompt("[Change]"), "Change")
        if manner == "line, then edited":
            time.sleep(self.chance.uniform(0, 1))
            self.change_words()
            self.act("edit", ts=line, text=self.plan)
        if manner == "line and a blocker":
            self.say("b: " + self.blocker)

    def prompt(self, label):
        """When it stands there with this button."""
        with_button = lambda state: [each for each in prompts_of(self.key, state) if label in each["plain"]]
        found = self.window.wait_for(with_button)
        if not found:
            raise AssertionError(f"{self.name} waits for a prompt with {label}")
        return found[0]["ts"]

    def change_words(self):
        self.replaced.add(self.plan)
        self.plan = self.new_words("will rather")

    def new_words(self, verb):
        return f"{self.key} {verb} {self.chance.getrandbits(64):016x}"

    def say(self, text):
        return self.act("say", text=text)["ts"]

    def send_the_form(self, prompt, button):
        self.open_the_form(prompt, button)
        self.act("enter", field="today", value=self.plan)
        if self.blocker:
            self.act("enter", field="blocker", value=self.blocker)
        self.submit_until_saved()
        while self.sees_a_form(self.window.slack.state()):  # a second page, or a window that opened twice
            self.act("close")

    def open_the_form(self, prompt, button):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            is_told = self.act("press", ts=prompt, button=button)["status"] == 200
            if self.window.wait_for(self.sees_a_form, NOTHING_CAME if is_told else 0.3):
                return
        raise AssertionError(f"no form opens for {self.name}")

    def submit_until_saved(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.act("submit")
            if answer["status"] == 200 and '"errors"' not in answer["body"]:
                return
            time.sleep(0.3)
        raise AssertionError(f"the form of {self.name} is not saved: {answer}")

    def sees_a_form(self, state):
        return state["forms"].get(user_of(self.key))

    def act(self, do, **body):
        """What was answered to it: status 0 while nobody is there. An event that is not taken comes again by itself."""
        told = self.window.slack.act(self.key, do, **body)
        return {"status": None, "body": "", "ts": told["ts"], **(told["answers"][-1] if told["answers"] else {})}


def prompts_of(key, state):
    return [message for message in posted_to(key, state) if message["plain"].startswith("Payments stand-up, ")]
