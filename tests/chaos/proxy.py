"""A TCP proxy between browser and portal that fails on demand: the bad connection of the chaos suite."""

import contextlib
import socket
import struct
import threading
import time

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST, as a router that forgot the connection does


class Proxy:
    """Passes bytes between its own port and the portal's.

    ``mode`` is one of pass, refuse (every connection is reset), swallow (half-open: what is sent arrives nowhere),
    saves (half-open for what saves alone: pages still come), hold (what saves, and pieces of files, wait until all is
    well), deaf (requests arrive, answers do not), torn (answers arrive without their end), or a status such as 502 (an
    HTML page in the portal's place); ``delay`` is how many seconds every piece waits, each way. A connection that was
    swallowed once stays dead, as in life. ``struck`` counts the saves that a mode has met.
    """

    def __init__(self) -> None:
        self.mode: str | int = "pass"
        self.delay = 0.0
        self.struck = 0
        self.single = False  # each request by a connection of its own: browsers repeat by themselves on one used before
        self.target = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, mode: str | int = "refuse") -> None:
        """From now on in this mode; with ``refuse`` the open connections are reset as well."""
        self.struck = 0
        self.mode = mode
        if mode == "refuse":
            self._reset_all()

    def mend(self) -> None:
        """All is well again."""
        self.mode, self.delay = "pass", 0.0

    def stop(self) -> None:
        """Listen no more."""
        self._listener.close()
        self._reset_all()

    def _reset_all(self) -> None:
        with self._lock:
            sockets = list(self._open)
        for one in sockets:
            self._reset(one)

    def _reset(self, one: socket.socket) -> None:
        with self._lock:
            self._open.discard(one)
        with contextlib.suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)  # wakes the thread that reads it
        with contextlib.suppress(OSError):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            if self.mode == "refuse":
                self._reset(client)
                continue
            with self._lock:
                self._open.add(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """Carry one connection; a second thread carries the answers."""
        portal: socket.socket | None = None
        dead = False
        try:
            while data := client.recv(CHUNK):
                mode = self.mode
                save = data.startswith(b"POST ") and b"/save/ " in data.split(b"\r\n", 1)[0]
                self.struck += save and mode != "pass"
                dead = dead or mode == "swallow" or (save and mode == "saves")
                if dead:
                    continue
                piece = data.startswith(b"PATCH ")
                while (save or piece) and self.mode == "hold":
                    time.sleep(0.02)
                if isinstance(mode, int):
                    client.sendall(_page(mode))
                    return
                if portal is None:
                    portal = socket.create_connection(("127.0.0.1", self.target), timeout=10)
                    portal.settimeout(None)
                    with self._lock:
                        self._open.add(portal)
                    threading.Thread(target=self._answers, args=(portal, client), daemon=True).start()
                self._wait()
                if self.single:
                    data = data.replace(b"Connection: keep-alive", b"Connection: close", 1)
                portal.sendall(data)
        except OSError:
            pass
        finally:
            for one in (client, portal):
                if one is not None:
                    self._reset(one)

    def _answers(self, portal: socket.socket, client: socket.socket) -> None:
        try:
            while data := portal.recv(CHUNK):
                if self.mode in ("deaf", "refuse"):
                    self._reset(client)
                    return
                if self.mode == "swallow":
                    continue
                self._wait()
                if self.mode == "torn":
                    client.sendall(data[:-2])
                    return
                client.sendall(data)
        except OSError:
            pass
        finally:
            # An ordinary end, unless something failed: what was sent is still on its way to the browser.
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_WR)

    def _wait(self) -> None:
        if self.delay:
            time.sleep(self.delay)


def _page(status: int) -> bytes:
    body = b"<!doctype html><title>Bad gateway</title><p>Something on the way answers in the portal's place."
    head = f"HTTP/1.1 {status} From the way\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
    return (head + "Connection: close\r\n\r\n").encode() + body
