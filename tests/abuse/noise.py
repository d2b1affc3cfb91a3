"""Requests that were damaged on their way: the same for the same seed."""

import random

PIECES = (b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"Content-Length: 3\r\n", b"Transfer-Encoding: chunked\r\n", b"Host: x\r\n",
          b"HTTP/1.1", b"\r\n\r\n", b"%00", b"..", b"//", b"\xff")


def damaged(requests, count, seed):
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(requests))
        for _ in range(chance.randint(1, 4)):
            damage(data, chance)
        yield bytes(data)


def damage(data, chance):
    at, kind = chance.randrange(len(data) + 1), chance.randrange(4)
    if kind == 0:
        data[at:at + 1] = bytes([chance.randrange(256)])
    elif kind == 1:
        data[at:at] = chance.choice(PIECES)
    elif kind == 2:
        del data[at:at + chance.randint(1, 20)]
    else:
        begin = chance.randrange(len(data) + 1)
        data[at:at] = data[begin:begin + chance.randint(1, 60)]
