"""Bytes -> text: what is not text is turned away, what is text is decoded."""

from __future__ import annotations

import codecs
import re
from typing import NoReturn

from dragoman.errors import EmptyInput, NotText

# First bytes of formats that are not text, and what to call them
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "an audio file"),
    (b"OggS", "a media file"),
    (b"fLaC", "an audio file"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"BM", "a bitmap image"),
    (b"wOF", "a font"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"PAR1", "a Parquet file"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"%!PS", "a PostScript document"),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding) ?= ?["']?([\w.:-]{2,40})""", re.IGNORECASE
)
SNIFFED = 4096
STRAY_SHARE = 0.02  # share of bytes that may be wrong in a file that is UTF-8 but for a cut or a stray byte
FOREIGN_SHARE = 0.4  # so many bytes over 127 are another script's letters in an encoding of its own
CONTROL_SHARE = 0.02  # control characters that a text may hold
HTML_HEAD = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAGS = re.compile(r"</?(?:p|div|span|a|h[1-6]|article|section|ul|li|br)\b[^<>]*>", re.IGNORECASE)


def decode(raw: bytes, *, where: str, charset: str | None = None) -> str:
    """The text of some bytes: byte order mark, then UTF-8, then the declared charset, then Windows-1252.

    Raises EmptyInput where there is nothing, NotText where the bytes are an image, an archive, a PDF or noise.
    """
    if not raw.strip(b" \t\r\n\x00"):
        raise EmptyInput("the input is empty", where=where, next_step="give a report of at least one sentence")
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, where)
    if kind := _magic(raw):
        raise NotText(f"this is {kind}, not text", where=where, next_step="save the report as plain text or HTML")
    if wide := _wide(raw):
        return _strictly(raw, wide, where)
    if b"\x00" in raw[:SNIFFED]:
        raise NotText("binary data, not text", where=where, next_step="save the report as plain text or HTML")
    return _checked(_narrow(raw, charset, where), where)


def looks_like_html(text: str) -> bool:
    """True where a text is an HTML page, or a piece of one."""
    head = text[:SNIFFED]
    return bool(HTML_HEAD.match(head)) or len(HTML_TAGS.findall(head)) >= 6


def _magic(raw: bytes) -> str | None:
    kind = next((kind for magic, kind in MAGIC if raw.startswith(magic)), None)
    wordlike = raw[:2].isalnum() and raw[:256].isascii() and b"\x00" not in raw[:256]
    return None if wordlike else kind  # a text may begin with the letters BM or PAR1


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    head = raw[:SNIFFED]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head[1::2]) and even < 0.05 * len(head):
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head[0::2]) and odd < 0.05 * len(head) else None


def _strictly(raw: bytes, encoding: str, where: str) -> str:
    try:
        return _checked(raw.decode(encoding), where)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _checked(_narrow(raw, None, where), where)
        raise NotText(
            f"broken {encoding.upper()} text ({error.reason} at byte {error.start})",
            where=where,
            next_step="save it again as UTF-8",
        ) from error


def _narrow(raw: bytes, charset: str | None, where: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = DECLARED.search(raw[:SNIFFED])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        if name and (text := _try(raw, name)) is not None:
            return text
    mended = raw.decode("utf-8", "replace")
    wide = sum(byte >= 0x80 for byte in raw)
    if mended.count("\ufffd") <= max(1, STRAY_SHARE * wide) and wide > 20:
        return mended
    if wide > FOREIGN_SHARE * len(raw.translate(None, b" \t\r\n")):
        _broken(where)
    if (text := _try(raw, "cp1252")) is not None:
        return text
    return raw.decode("latin-1") if mended.count("\ufffd") < STRAY_SHARE * len(raw) else _broken(where)


def _broken(where: str) -> NoReturn:
    raise NotText(
        "the bytes are in an encoding that is not known here", where=where, next_step="save it again as UTF-8"
    )


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(text: str, where: str) -> str:
    """The text, unless it is noise: control characters, or hardly a letter."""
    head = text[:SNIFFED]
    controls = sum(char < " " and char not in "\t\n\r\f\x1a\x1b" for char in head)
    if controls > CONTROL_SHARE * len(head) + 2:
        raise NotText("binary data, not text", where=where, next_step="save the report as plain text or HTML")
    return text
