"""A door before the database that a test can shut, as when the server stops or the network is cut."""

import selectors
import socket
import threading
from contextlib import suppress
from pathlib import Path


class Gate:
    """Listens on a unix socket in `folder` as PostgreSQL does and passes everything on to the one in `to`."""

    def __init__(self, folder: Path, to: str) -> None:
        self.folder, self.to = folder, to
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.open()

    def open(self) -> None:
        name = self.folder / ".s.PGSQL.5432"
        name.unlink(missing_ok=True)
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(name))
        self.door.listen(50)
        threading.Thread(target=self._let_in, args=(self.door,), daemon=True).start()

    def shut(self) -> None:
        """End every connection without a word, and let nobody in."""
        (self.folder / ".s.PGSQL.5432").unlink(missing_ok=True)
        self.door.close()
        for pair in self.pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self.pairs.clear()

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                visitor, _address = door.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{self.to}/.s.PGSQL.5432")
            self.pairs.append((visitor, server))
            threading.Thread(target=self._pass_on, args=(visitor, server), daemon=True).start()

    @staticmethod
    def _pass_on(visitor: socket.socket, server: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, visitor, server, suppress(OSError):
            ready.register(visitor, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, visitor)
            while True:
                for key, _mask in ready.select():
                    data = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                    if not data:
                        return
                    key.data.sendall(data)
