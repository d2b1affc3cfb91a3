"""How a bot is ended. Each blow belongs to one of its lives: under() is asked before it, strike() comes in it.

explains(code, said): may a life that said this have ended so by it?"""

import dataclasses
import subprocess
import time

LONGEST_FAREWELL = 5  # seconds (spec/reliability.md F33)


@dataclasses.dataclass
class AtMoment:
    """`seconds` after the life began."""

    seconds: float

    def explains(self, code, said):
        return code == -9

    def under(self):
        return ()

    def strike(self, process):
        time.sleep(self.seconds)
        process.kill()

    def end(self):
        pass


@dataclasses.dataclass
class Asked:
    """To end (SIGTERM), `seconds` after the life began."""

    seconds: float

    def explains(self, code, said):
        """Before it listens to signals it has begun nothing."""
        return code == 0 or code == -15 and not said

    def under(self):
        return ()

    def strike(self, process):
        time.sleep(self.seconds)
        process.terminate()
        process.wait(LONGEST_FAREWELL)

    def end(self):
        pass


@dataclasses.dataclass
class AtCall:
    """Before the `n`th system call of this name that one of its threads makes, from when the bot serves on."""

    name: str
    n: int
    tracer: subprocess.Popen = dataclasses.field(default=None, repr=False)

    explains = AtMoment.explains

    def under(self):
        return ()

    def strike(self, process):
        self.tracer = attach(process, ["-e", injection(self.name, self.n), "-o", "/dev/null"])

    def end(self):
        if self.tracer:
            self.tracer.terminate()
            self.tracer.wait()
            self.tracer.stderr.close()


@dataclasses.dataclass
class AtCallOfStart:
    """The same, from the first call of the life on."""

    name: str
    n: int

    explains = AtMoment.explains

    def under(self):
        return ("strace", "-D", "-f", "-o", "/dev/null", "-e", injection(self.name, self.n))

    def strike(self, process):
        pass

    def end(self):
        pass


@dataclasses.dataclass
class Recording:
    """No blow: writes down what calls the life makes."""

    path: str
    from_the_first: bool
    tracer: subprocess.Popen = dataclasses.field(default=None, repr=False)

    def explains(self, code, said):
        return False

    def under(self):
        return ("strace", "-D", "-f", "-s", "200", "-o", self.path) if self.from_the_first else ()

    def strike(self, process):
        if not self.from_the_first:
            self.tracer = attach(process, ["-o", self.path])

    end = AtCall.end


def injection(name, n):
    return f"inject={name}:signal=SIGKILL:when={n}"


def attach(process, words):
    """Returns when every thread is traced."""
    tracer = subprocess.Popen(
        ["strace", "-f", *words, "-p", str(process.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = tracer.stderr.readline()
    if "attached" not in said:
        raise AssertionError(f"strace: {said}")
    return tracer
