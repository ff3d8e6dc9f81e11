"""A mail server on this machine, for tests of what is really sent."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it is given.

    `says` is its answer to each recipient; with `drop` it takes a letter and does not say so;
    `on_letter` is called when it has one, before it says so.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters, self.says, self.drop = [], "250 yes", False
        self.on_letter = lambda: None
        self._running = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self._running.start()

    def stop(self):
        """Take no more, and end."""
        self.shutdown()
        self.server_close()
        self._running.join()


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].upper()
            if word.startswith("RCPT"):
                to = line.partition("<")[2].rstrip(">")
                self._say(self.server.says)
            elif word == "DATA":
                self._say("354 go on")
                text = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                self.server.letters.append((to, text))
                self.server.on_letter()
                if self.server.drop:  # it was taken, and nobody hears of it
                    return
                self._say("250 kept")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
