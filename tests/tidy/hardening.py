"""The released program: position independent, bound at start, no executable stack, no run path, fortified."""

import re
import subprocess
import sys


def problems_of(program):
    headers = readelf("-h", program) + readelf("-l", program)
    dynamic = readelf("-d", program)
    symbols = set(re.findall(r"\b__\w+_(?:chk|fail)\b", readelf("--dyn-syms", program)))
    stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+(\w+)", headers)
    promises = {
        "is not position independent": re.search(r"Type:\s+DYN", headers),
        "has no GNU_RELRO": "GNU_RELRO" in headers,
        "binds its symbols late": re.search(r"BIND_NOW|FLAGS_1.*\bNOW\b", dynamic),
        "has an executable stack": stack and "E" not in stack[1],
        "has a run path": not re.search(r"\((?:RUN|R)PATH\)", dynamic),
        "was built without the stack protector": "__stack_chk_fail" in symbols,
        "was built without _FORTIFY_SOURCE": symbols - {"__stack_chk_fail"},
    }
    return [problem for problem, kept in promises.items() if not kept]


def readelf(option, program):
    return subprocess.run(["readelf", "-W", option, program], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    found = problems_of(sys.argv[1])
    for problem in found:
        print(f"{sys.argv[1]} {problem}")
    sys.exit(1 if found else 0)
