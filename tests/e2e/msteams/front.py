"""Microsoft's front door on loopback: takes every call as it comes, and hands it over to the fake."""

import http.client
import http.server
import json
import threading


class Front:
    def __init__(self):
        self.behind = 0  # the port of the fake, as soon as it is known
        front = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def hand_over(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                call = {"method": self.command, "url": front.address + self.path, "headers": dict(self.headers), "body": body}
                behind = http.client.HTTPConnection("127.0.0.1", front.behind, timeout=30)
                behind.request("POST", "/_microsoft", json.dumps(call), {"Content-Type": "application/json"})
                answer = behind.getresponse()
                text = answer.read()
                behind.close()
                try:
                    self.send_response(answer.status)
                    for name in ("Content-Type", "Retry-After"):
                        if answer.getheader(name):
                            self.send_header(name, answer.getheader(name))
                    self.send_header("Content-Length", str(len(text)))
                    self.end_headers()
                    self.wfile.write(text)
                except ConnectionError:
                    pass  # the caller has gone away meanwhile

            do_GET = do_POST = do_PUT = do_DELETE = hand_over

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = "http://" + self.host
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()
