"""Read a QR code off a page, as a camera would; the picture is exact, so no error needs correcting.

Layout of the symbol: ISO/IEC 18004. Enough for what we print: byte mode, versions 2 to 6.
"""

import re
from collections.abc import Iterator

from segno import consts

# The two bits of the error level as they stand in the symbol.
_LEVELS = {
    0b01: consts.ERROR_LEVEL_L,
    0b00: consts.ERROR_LEVEL_M,
    0b11: consts.ERROR_LEVEL_Q,
    0b10: consts.ERROR_LEVEL_H,
}
_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def read_qr(path: str) -> str:
    """The text in the `d` of a symbol drawn as horizontal strokes."""
    dark = set(_dark_cells(path))
    top, left = min(dark)
    dark = {(r - top, c - left) for r, c in dark}
    size = max(r for r, _ in dark) + 1
    # Level and mask stand beside the first finder pattern, over a fixed mask of their own.
    told = "".join(str(int((8, c) in dark)) for c in range(5))
    level, mask = divmod(int(told, 2) ^ 0b10101, 8)
    version = (size - 17) // 4
    assert 2 <= version <= 6, size
    bits = "".join(str(int(((r, c) in dark) != (_MASKS[mask](r, c) == 0))) for r, c in _data_cells(size))
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    message = "".join(f"{word:08b}" for word in _in_order(words, version, level))
    assert message.startswith("0100"), "not in byte mode"
    length = int(message[4:12], 2)
    return bytes(int(message[12 + 8 * i : 20 + 8 * i], 2) for i in range(length)).decode()


def _dark_cells(path: str) -> Iterator[tuple[int, int]]:
    x = y = 0.0
    for letter, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if letter == "h":
            yield from ((int(y), int(x) + step) for step in range(int(first)))
            x += float(first)
        else:
            x, y = (float(first), float(second)) if letter == "M" else (x + float(first), y + float(second))


def _data_cells(size: int) -> Iterator[tuple[int, int]]:
    """Pairs of columns from the right, up and down in turn; column 6 is the timing pattern."""
    upward = True
    for right in (c for c in range(size - 1, 0, -2) for c in [c if c > 6 else c - 1] if c > 0):
        for r in range(size - 1, -1, -1) if upward else range(size):
            yield from ((r, c) for c in (right, right - 1) if not _is_pattern(r, c, size))
        upward = not upward


def _is_pattern(r: int, c: int, size: int) -> bool:
    finder = (r < 9 and c < 9) or (r < 9 and c >= size - 8) or (r >= size - 8 and c < 9)
    alignment = abs(r - (size - 7)) <= 2 and abs(c - (size - 7)) <= 2
    return finder or alignment or r == 6 or c == 6


def _in_order(words: list[int], version: int, level: int) -> list[int]:
    """The data words, taken out of the blocks they were dealt to in turn."""
    sizes = [info.num_data for info in consts.ECC[version][_LEVELS[level]] for _ in range(info.num_blocks)]
    blocks: list[list[int]] = [[] for _ in sizes]
    dealt = iter(words)
    for at in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if at < size:
                block.append(next(dealt))
    return [word for block in blocks for word in block]
