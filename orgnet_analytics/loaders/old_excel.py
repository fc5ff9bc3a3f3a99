"""A look at the cells of an old workbook (.xls) before it is read: a cell far away takes all memory.

The file is a small file system (MS-CFB) with a stream of records in it (MS-XLS); only the records that say
where cells stand are looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from orgnet_analytics.errors import DataError, Issue

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELLS = frozenset([0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E])
DIMENSIONS, SHEET, END = 0x200, 0x85, 0x0A
ROWS, COLUMNS = 65_536, 256
STREAMS = ("workbook", "book")
FORMULA, ERROR = 0x06, 0x205
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


def check_cells(path: Path) -> list[dict[tuple[int, int], str]]:
    """Refuse an .xls with a cell where no cell can be; what else is wrong the reader tells.

    Returned are the errors (``#N/A``) in each sheet, which the reader leaves blank: row and column to text.
    """
    raw = path.read_bytes()
    if not raw.startswith(MAGIC):
        return []
    try:
        stream = _Compound(raw).stream()
        starts = [
            struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == SHEET
        ]
        sheets = [list(_records(stream, at)) for at in starts]
        far = any(_far(kind, body) for sheet in sheets for kind, body in sheet)
        errors = [dict(filter(None, (_error(*record) for record in sheet))) for sheet in sheets]
    except (struct.error, IndexError, ValueError):
        far = True
    if far:
        hint = "open it in a spreadsheet program and save it as .xlsx"
        raise DataError(Issue(path.name, "not a workbook (.xls) this can read", suggestion=hint))
    return errors


def _error(kind: int, body: bytes) -> tuple[tuple[int, int], str] | None:
    """Return the place of an error and its text: told as such, or what a formula came to."""
    if kind == ERROR and len(body) >= 8 and body[7] == 1:
        code = body[6]
    elif kind == FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        code = body[8]
    else:
        return None
    row, column = struct.unpack_from("<HH", body)
    return (row, column), ERRORS.get(code, "#ERROR")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place on until the end of their part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + min(length, 16)]
        if kind == END:
            return
        at += 4 + length


def _far(kind: int, body: bytes) -> bool:
    if kind == DIMENSIONS:
        _, rows, _, columns = struct.unpack("<IIHH", body[:12].ljust(12, b"\0"))
        return bool(rows > ROWS or columns > COLUMNS)
    return kind in CELLS and len(body) >= 4 and struct.unpack_from("<HH", body)[1] >= COLUMNS


class _Compound:
    """The streams of a compound file, as far as needed for the one with the workbook."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.size = 1 << struct.unpack_from("<H", raw, 30)[0]
        if self.size not in (512, 4096):
            raise ValueError("sector size")
        first, self.cutoff = (
            struct.unpack_from("<I", raw, 48)[0],
            struct.unpack_from("<I", raw, 56)[0],
        )
        table = list(struct.unpack_from("<109I", raw, 76))
        more, count = struct.unpack_from("<II", raw, 68)
        for _ in range(min(count, len(raw) // self.size)):
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(more))
            table, more = [*table, *numbers[:-1]], numbers[-1]
        parts = [self._sector(number) for number in table if number < len(raw) // self.size]
        self.next = struct.unpack(f"<{len(parts) * self.size // 4}I", b"".join(parts))
        self.entries = self._chain(first)

    def stream(self) -> bytes:
        """Return the stream of the workbook."""
        root = self.entries[:128]
        for at in range(0, len(self.entries), 128):
            entry = self.entries[at : at + 128]
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode(
                "utf-16-le", "replace"
            )
            if name.casefold() in STREAMS:
                start, size = struct.unpack_from("<II", entry, 116)
                return (self._chain(start) if size >= self.cutoff else self._small(root, start))[
                    :size
                ]
        raise ValueError("no workbook")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self.raw[at : at + self.size].ljust(self.size, b"\0")

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < len(self.next) and len(parts) <= len(self.next):
            parts.append(self._sector(number))
            number = self.next[number]
        return b"".join(parts)

    def _small(self, root: bytes, number: int) -> bytes:
        """Return a stream so short that it is kept in the small sectors of the root."""
        whole = self._chain(struct.unpack_from("<I", root, 116)[0])
        table = self._chain(struct.unpack_from("<I", self.raw, 60)[0])
        following = struct.unpack(f"<{len(table) // 4}I", table)
        parts: list[bytes] = []
        while number < len(following) and len(parts) <= len(following):
            parts.append(whole[number * 64 : number * 64 + 64])
            number = following[number]
        return b"".join(parts)
