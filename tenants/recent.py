"""A map that holds so many entries and no more, and lets go of what nobody asked for."""

import threading
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Two generations: when the young one is full, the old one goes and the young one grows old. What is asked for is
    young again, so half of `rows` of the entries in use outlive any flood. A look at a young entry takes no lock."""

    def __init__(self, rows: int) -> None:
        self._half = max(rows // 2, 1)
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: Key) -> Value | None:
        found = self._young.get(key)
        if found is not None or key not in self._old:
            return found
        # Under the lock, so that an entry that is dropped at this moment is not brought back.
        with self._lock:
            found = self._old.pop(key, None)
            if found is not None:
                self._put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._old.pop(key, None)
            self._put(key, value)

    def drop(self, key: Key) -> None:
        with self._lock:
            self._young.pop(key, None)
            self._old.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._young, self._old = {}, {}

    def _put(self, key: Key, value: Value) -> None:
        if len(self._young) >= self._half:
            self._young, self._old = {}, self._young
        self._young[key] = value
