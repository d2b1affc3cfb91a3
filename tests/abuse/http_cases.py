"""Bytes that no honest peer sends, each with what is answered to it and to a good request right behind it.

A case is (name, bytes, statuses). A refusal ends the connection: one status, and the good request is not heard. What is only
turned away (401, 200) leaves it open, and the good request is answered 200.
"""

import gzip

from wire import FORM, request

HOOK = "/slack/commands"


def cases(port):
    """On the public listener."""
    return [*framing(port), *hosts(port), *targets(port), *heads(port), *bodies(port), *methods(port), *versions(port),
            *kinds(port), *other_sites(port), *together(port)]


def hook(port, *fields, body=b"", line=f"POST {HOOK}"):
    return request(port, line, f"Content-Type: {FORM}", *fields, body=body)


def framing(port):
    five, chunked = "Content-Length: 5", "Transfer-Encoding: chunked"
    last_chunk = b"0\r\n\r\n"

    def sent(*fields, body=b"hello"):
        return hook(port, *fields, body=body)

    return [
        ("length then chunks", sent(five, chunked, body=last_chunk), (400,)),
        ("chunks then length", sent(chunked, five, body=last_chunk), (400,)),
        ("length, and chunks hidden by case", sent(five, "tRANSFER-eNCODING: chunked", body=last_chunk), (400,)),
        ("chunks", sent(chunked, body=last_chunk), (411,)),
        ("chunks on GET", request(port, "GET /local", chunked, body=last_chunk), (411,)),
        ("chunks after a tab", sent("Transfer-Encoding:\tchunked", body=last_chunk), (411,)),
        *[(f"coding {coding!r}", sent(f"Transfer-Encoding: {coding}", body=last_chunk), (400,))
          for coding in ("xchunked", "chunkedx", "CHUNKED", "gzip", "identity", "gzip, chunked", "chunked, gzip",
                         "chunked, chunked", "chunked;q=1", "\"chunked\"", ",chunked", "")],
        ("coding with a space before its colon", sent("Transfer-Encoding : chunked", body=last_chunk), (400,)),
        ("coding with a vertical tab", sent("Transfer-Encoding: \x0bchunked", body=last_chunk), (400,)),
        ("coding folded", sent("Transfer-Encoding:\r\n chunked", body=last_chunk), (400,)),
        ("two codings", sent(chunked, chunked, body=last_chunk), (400,)),
        ("chunks with HTTP/1.0", hook(port, chunked, body=last_chunk).replace(b"HTTP/1.1", b"HTTP/1.0"), (400,)),
        ("a chunk's size that overflows", sent(chunked, body=b"FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"), (411,)),
        ("a chunk's size below zero", sent(chunked, body=b"-1\r\nhello\r\n0\r\n\r\n"), (411,)),
        ("a chunk that ends with a bare line feed", sent(chunked, body=b"5\nhello\n0\n\n"), (411,)),
        ("a chunk's extension of 20 MB", sent(chunked, body=b"1;" + b"x" * 20_000_000 + b"\r\na"), (411,)),
        ("a million chunks of one byte", sent(chunked, body=b"1\r\na\r\n" * 1_000_000 + last_chunk), (411,)),
        ("a trailer of 70 KB", sent(chunked, body=b"0\r\nX: " + b"x" * 70_000 + b"\r\n\r\n"), (411,)),
        ("a signature in a trailer", sent(chunked, "Trailer: X-Slack-Signature", body=b"0\r\nX-Slack-Signature: v0=a\r\n\r\n"),
         (411,)),
        ("two lengths", sent(five, "Content-Length: 6"), (400,)),
        ("two equal lengths", sent(five, five), (400,)),
        ("two equal lengths, one in small letters", sent(five, "content-length: 5"), (400,)),
        *[(f"length {length!r}", sent(f"Content-Length: {length}"), (400,))
          for length in ("5, 5", "5,", "+5", "-5", "0x5", "5.0", "5 5", "5;", "\xb2", "", "five", "1e1")],
        ("a length that overflows", sent("Content-Length: 18446744073709551621"), (400,)),
        ("a length with a space before its colon", sent("Content-Length : 5"), (400,)),
        ("a length that is another field", sent("Content_Length: 5"), (401, 405)),
        ("a length that ends too soon", sent("Content-Length: 4"), (401, 405)),
        ("no length", sent(body=b""), (401, 200)),
        ("leading zeros of a length", sent("Content-Length: 0005"), (401, 200)),
        ("a body on GET", request(port, "GET /local", five, body=b"hello"), (413,)),
    ]


def hosts(port):
    def to(*names):
        fields = "".join(f"Host: {name}\r\n" for name in names)
        return f"POST {HOOK} HTTP/1.1\r\n{fields}Content-Type: {FORM}\r\n\r\n".encode("latin-1")

    own = f"127.0.0.1:{port}"
    return [
        ("no host", to(), (400,)),
        ("no host with HTTP/1.0", to().replace(b"1.1", b"1.0"), (400,)),
        ("an empty host", to(""), (400,)),
        ("two hosts", to(own, own), (400,)),
        ("ours and another host", to(own, "evil.example"), (400,)),
        *[(f"host {name!r}", to(name), (421,)) for name in (
            "evil.example", "127.0.0.1", "127.0.0.1:1", f"evil.example:{port}", f"{own}.evil.example", f"{own}@evil.example",
            f"evil.example@{own}", f"{own}, evil.example", f"{own}/", f"127.0.0.1.:{port}", f"localhost.:{port}",
            f"127.0.0.1:0{port}", f"[::1]:{port}", f"2130706433:{port}", f"0.0.0.0:{port}", f"{own}\xa0")],
        ("a host by its other name", to(f"LocalHost:{port}"), (401, 200)),
    ]


def targets(port):
    own = f"127.0.0.1:{port}"

    def to(target, status):
        return f"target {target[:60]!r}", request(port, f"POST {target}", f"Content-Type: {FORM}"), (status,)

    def get(target, status):
        return f"page {target[:60]!r}", request(port, f"GET {target}"), (status,)

    return [
        *[to(target, 400) for target in (
            f"http://{own}{HOOK}", f"https://{own}{HOOK}", f"http://evil.example{HOOK}", f"HTTP://{own}{HOOK}", own, "*",
            "slack/commands", "\\slack\\commands", f"{HOOK}#top", f"{HOOK}?a=%", f"{HOOK}?a=%2", f"{HOOK}?a=%zz",
            f"{HOOK}?a=%00", f"{HOOK}?{'a&' * 65}", f"{HOOK} HTTP/1.1\tx", "/slack/comm\x00ands", "/slack/comm\x7fands",
            "/slack/comm\xe4nds", "/slack/ commands", "/slack/\tcommands", f"{HOOK}?a=\x1b[31m", "")],
        *[to(target, 404) for target in (
            "//slack/commands", "/slack//commands", "/slack/./commands", "/slack/x/../commands", "/slack/commands/..",
            "/slack/%63ommands", "/slack%2fcommands", "/slack/commands%00", "/slack/commands%20", "/slack/commands;x",
            "/slack/commands/", "/SLACK/COMMANDS", "/slack\\commands", "/slack/commands.json", "/msteams/messages",
            "/slack/oauth/callback", "/slack")],
        *[get(target, 404) for target in (
            "/", "/local/page/../../etc/passwd", "/local/page/..", "/local/page/.", "/local/page/%2e%2e/index.html",
            "/local/page/..%2f..%2fetc/passwd", "/local/page/..\\..\\etc\\passwd", "/local/page//etc/passwd",
            "/local/page/%252e%252e/x", "/local/page/nothing.js", "/local/page/", "/.git/config", "/local/page/main.js%00.css",
            "/metrics", "/livez", "/readyz", "/clock", "/local/api/nothing")],
        ("a target of 8 KiB", request(port, "GET /" + "a" * 8192), (431,)),
        ("a query of 8 KiB", request(port, f"POST {HOOK}?" + "a" * 8192), (431,)),
        ("a line without end", b"A" * 70_000, (431,)),
    ]


def heads(port):
    def with_fields(*fields):
        return hook(port, *fields)

    return [
        ("101 fields", with_fields(*["a: b"] * 99), (431,)),
        ("100 fields", with_fields(*["a: b"] * 98), (401, 200)),
        ("a field of 8 KiB", with_fields("X: " + "x" * 8192), (431,)),
        ("70 KB of fields", with_fields(*["X: " + "x" * 1000] * 70), (431,)),
        ("a folded field", with_fields("X: one\r\n two"), (400,)),
        ("a field folded by a tab", with_fields("X: one\r\n\ttwo"), (400,)),
        ("a folded first field", request(port, f"POST {HOOK}").replace(b"\r\nHost", b"\r\n Host"), (400,)),
        ("bare line feeds", hook(port).replace(b"\r\n", b"\n"), (400,)),
        ("one bare line feed", with_fields("X: a\nY: b"), (400,)),
        ("a bare carriage return", with_fields("X: a\rY: b"), (400,)),
        ("two carriage returns", with_fields("X: a\r\r"), (400,)),
        ("a NUL in a value", with_fields("X: a\0b"), (400,)),
        ("a NUL in a name", with_fields("X\0: a"), (400,)),
        ("an escape in a value", with_fields("X: \x1b[2J"), (400,)),
        ("a DEL in a value", with_fields("X: \x7f"), (400,)),
        ("a name with a space", with_fields("X Y: a"), (400,)),
        ("a space before the colon", with_fields("X : a"), (400,)),
        ("no name", with_fields(": a"), (400,)),
        ("no colon", with_fields("nonsense"), (400,)),
        ("a name that is no word", with_fields("X(Y): a"), (400,)),
        ("a name with a high byte", with_fields("X\xe4: a"), (400,)),
        ("an empty line first", b"\r\n" + hook(port), (400,)),
        ("spaces first", b"  " + hook(port), (400,)),
        ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500, (400,)),
        ("noise", bytes(range(128, 256)) * 8, (400,)),
        ("a high byte in a value", with_fields("X: \xe4"), (401, 200)),
        ("whom a proxy may name counts for nothing",
         with_fields("X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https",
                     "Forwarded: for=10.0.0.1;host=evil.example", "X-Original-URL: /metrics", "X-Rewrite-URL: /metrics",
                     "X-HTTP-Method-Override: GET"), (401, 200)),
    ]


def bodies(port):
    over, large = "Content-Length: 1048577", "Content-Length: 99999999999999"
    return [
        ("a byte more than 1 MiB", hook(port, over), (413,)),
        ("100 TB", hook(port, large), (413,)),
        ("a byte more than 1 MiB, asking first", hook(port, over, "Expect: 100-continue"), (417,)),
        ("100 TB, asking first", hook(port, large, "Expect: 100-continue"), (417,)),
        ("1 MiB", hook(port, "Content-Length: 1048576", body=b"a" * 1048576), (401, 200)),
        ("something else expected", hook(port, "Expect: 200-ok"), (417,)),
        ("two expectations", hook(port, "Expect: 100-continue", "Expect: 100-continue"), (417,)),
        ("an expectation and more", hook(port, "Expect: 100-continue, x"), (417,)),
        ("a body that is there when it asks", hook(port, "Content-Length: 5", "Expect: 100-continue", body=b"hello"), (401, 200)),
        ("256 KiB and a byte for the local workspace",
         request(port, "POST /local/api/say", "Content-Type: application/json", "Content-Length: 262145"), (413,)),
    ]


def methods(port):
    def by(method, target=HOOK, *fields):
        return request(port, f"{method} {target}", *fields)

    return [
        *[(f"{method} on a webhook", by(method), (405,)) for method in
          ("GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW", "post", "Post", "PROPFIND", "POSTX")],
        ("CONNECT", by("CONNECT", "evil.example:443"), (405,)),
        ("OPTIONS *", by("OPTIONS", "*"), (405,)),
        ("a method that is no word", by("PO(ST"), (400,)),
        ("no method", b" " + by("POST")[4:], (400,)),
        ("POST on a page", by("POST", "/local"), (405,)),
        ("GET where the clock would be moved", by("GET", "/local/api/say"), (405,)),
        ("an upgrade to a web socket",
         by("GET", "/local", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13"), (400,)),
        ("an upgrade to HTTP/2",
         by("GET", "/local", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), (400,)),
        ("settings of HTTP/2 alone", by("GET", "/local", "HTTP2-Settings: AAMAAABkAAQAAP__"), (400,)),
        ("an upgrade of a webhook", hook(port, "Connection: Upgrade", "Upgrade: TLS/1.3"), (400,)),
    ]


def versions(port):
    def of(version):
        return hook(port).replace(b"HTTP/1.1", version.encode("latin-1"))

    return [
        ("HTTP/0.9", b"GET /local\r\n\r\n", (400,)),
        ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0", (505,)),
        *[(version, of(version), (505,)) for version in (
            "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9", "HTTP/1.10", "HTTP/01.1", "http/1.1", "HTTP/1,1", "HTTP/1.",
            "ICAP/1.1", "HTTP/1.1x", "")],
        *[(f"version {version!r}", of(version), (400,)) for version in ("HTTP/1.1 ", " HTTP/1.1")],
        ("HTTP/1.0", of("HTTP/1.0"), (401,)),
        ("HTTP/1.0 that would stay", hook(port, "Connection: keep-alive").replace(b"1.1\r", b"1.0\r"), (401,)),
        ("a peer that will go", hook(port, "Connection: close"), (401,)),
    ]


def kinds(port):
    def of(*fields, target=HOOK):
        return request(port, f"POST {target}", *fields)

    json = "Content-Type: application/json"
    return [
        ("no content type", of(), (415,)),
        ("an empty content type", of("Content-Type:"), (415,)),
        *[(f"content type {kind!r}", of(f"Content-Type: {kind}"), (415,)) for kind in (
            "text/plain", "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencodedx",
            "x; application/x-www-form-urlencoded", "*/*", "application/x-www-form-urlencoded, text/plain")],
        ("a form for events", of(f"Content-Type: {FORM}", target="/slack/events"), (415,)),
        ("text for the local workspace", of("Content-Type: text/plain", target="/local/api/say"), (415,)),
        ("two content types", of(json, f"Content-Type: {FORM}"), (400,)),
        ("a charset behind it", of(f"Content-Type: {FORM.upper()} ; charset=utf-8"), (401, 200)),
        ("a packed body that nobody signed",
         hook(port, "Content-Encoding: gzip", f"Content-Length: {len(gzip.compress(b'a' * 9000))}",
              body=gzip.compress(b"a" * 9000)), (401, 200)),
    ]


def other_sites(port):
    """A page of somebody else's in the browser of somebody who uses the local workspace."""
    body = b'{"request":"0123456789abcdef0123456789abcdef","as":"amira","place":"amira","text":"never to be stored"}'

    def from_site(*fields):
        return request(port, "POST /local/api/say", "Content-Type: application/json", f"Content-Length: {len(body)}", *fields,
                       body=body)

    own = f"127.0.0.1:{port}"
    return [
        ("a page that does not say whose it is", from_site(), (403, 200)),
        *[(f"a page of {origin!r}", from_site(f"Origin: {origin}"), (403, 200)) for origin in (
            "https://evil.example", "null", "", own, f"https://{own}", f"http://{own}.evil.example", f"http://{own}/", "http://127.0.0.1",
            f"http://evil.example, http://{own}", "file://", f"http://user@{own}")],
        ("a page of two", from_site(f"Origin: http://{own}", "Origin: https://evil.example"), (403, 200)),
    ]


def together(port):
    good, bad = hook(port), hook(port, "X : a")
    return [
        ("two in one packet", good + good, (401, 401, 200)),
        ("a hundred in one packet", good * 100, (401,) * 100 + (200,)),
        ("a bad one between good ones", good + bad + good, (401, 400)),
        ("a good one behind chunks", hook(port, "Transfer-Encoding: chunked", body=b"0\r\n\r\n") + good, (411,)),
        ("a good one within a body that is too long", hook(port, "Content-Length: 1048577", body=good * 3), (413,)),
        ("a good one within a body", hook(port, f"Content-Length: {len(good)}", body=good), (401, 200)),
    ]


def admin_cases(port):
    """On the listener for operators, which has no webhook: the good request behind is not known there."""
    health = request(port, "GET /livez")
    return [
        ("admin: health", health, (200, 404)),
        ("admin: a webhook", hook(port), (404,)),
        ("admin: the local workspace", request(port, "GET /local"), (404,)),
        ("admin: another host", health.replace(b"127.0.0.1", b"evil.test"), (421,)),
        ("admin: a body", request(port, "GET /metrics", "Content-Length: 5", body=b"hello"), (413,)),
        ("admin: chunks", request(port, "GET /metrics", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"), (411,)),
        ("admin: POST", request(port, "POST /livez"), (405,)),
        ("admin: a clock that nobody may move", request(port, "POST /clock", "Content-Length: 2", body=b"{}"), (404,)),
        ("admin: a file", request(port, "GET /../../etc/passwd"), (404,)),
        ("admin: another's name", request(port, f"GET http://127.0.0.1:{port}/livez"), (400,)),
        ("admin: an upgrade", request(port, "GET /livez", "Upgrade: websocket"), (400,)),
        ("admin: folded", request(port, "GET /livez", "X: a\r\n b"), (400,)),
    ]
