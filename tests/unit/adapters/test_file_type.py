"""The type of a file is that of its content."""

import struct
import zlib

import pytest

from shared.adapters.file_type import type_of


def png() -> bytes:
    """The smallest picture: one grey point."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\x80")))
    made = b"".join(_chunk(*chunk) for chunk in (*chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + made


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize(
    ("body", "type"),
    [
        (png(), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image/jpeg"),
        (b"GIF89a" + bytes(20), "image/gif"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"ID3\x04" + bytes(20), "audio/mpeg"),
        (b"MZ" + bytes(60), "application/x-msdownload"),
    ],
)
def test_known_content_has_its_type(body: bytes, type: str) -> None:
    assert type_of(body) == type


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<!doctype html><script>1</script>",
        b"\xef\xbb\xbf<html>",
        "안녕하세요".encode(),
        b"a,b\n1,2\n",
        b"",
    ],
)
def test_markup_and_text_have_none(body: bytes) -> None:
    assert type_of(body) == ""
