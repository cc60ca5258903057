"""Reading of multipart bodies that other clients send to a served sandbox."""

from __future__ import annotations

import functools
import io
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import HTTP

from munsocial.transport.port import FilePart

__all__ = ["parts_of"]


def parts_of(body: bytes, content_type: str) -> tuple[dict[str, str], tuple[FilePart, ...]]:
    """Split a ``multipart/form-data`` body into plain fields and files; a part without a name is dropped."""
    border = b"\r\n--" + str(_headers(f"Content-Type: {content_type}".encode()).get_param("boundary")).encode()
    fields: dict[str, str] = {}
    files: list[FilePart] = []
    for piece in (b"\r\n" + body).split(border)[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        headers = _headers(head.lstrip(b"\r\n"))
        name = headers.get_param("name", header="content-disposition")
        file_name = headers.get_filename()
        if name is not None and file_name is None:
            fields[str(name)] = content.decode("utf-8", "replace")
        elif name is not None:
            opener = functools.partial(io.BytesIO, content)
            files.append(FilePart(str(name), str(file_name), opener, headers.get_content_type()))
    return fields, tuple(files)


def _headers(lines: bytes) -> EmailMessage:
    return BytesHeaderParser(policy=HTTP).parsebytes(lines + b"\r\n\r\n")
