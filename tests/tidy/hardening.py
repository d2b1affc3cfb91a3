"""The released program: position independent, bound at start, no executable stack, no run path, fortified."""

import re
import subprocess
import sys


def problems(headers, dynamic, symbols):
    stack = re.search(r"GNU_STACK.*\n?.*?\b(R?WE?)\b", headers)
    checks = {
        "is not position independent": re.search(r"Type:\s+DYN", headers),
        "has no GNU_RELRO": "GNU_RELRO" in headers,
        "binds its symbols late": "BIND_NOW" in dynamic or re.search(r"FLAGS_1.*\bNOW\b", dynamic),
        "has an executable stack": stack and "E" not in stack[1],
        "has a run path": not re.search(r"\(R(?:UN)?PATH\)", dynamic),
        "was built without the stack protector": "__stack_chk_fail" in symbols,
        "was built without _FORTIFY_SOURCE": re.search(r"__\w+_chk\b(?<!__stack_chk)", symbols.replace("__stack_chk_fail", "")),
    }
    return [problem for problem, passed in checks.items() if not passed]


def readelf(option, program):
    return subprocess.run(["readelf", "-W", option, program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    program = sys.argv[1]
    headers = readelf("-h", program) + readelf("-l", program)
    found = problems(headers, readelf("-d", program), readelf("--dyn-syms", program))
    for problem in found:
        print(f"{program} {problem}")
    sys.exit(1 if found else 0)
