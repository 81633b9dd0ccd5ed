"""A client of the upload protocol, as small as it can be."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any

from django.urls import reverse

from procurement.models import Application
from tests.procurement.applying import PDF

HEADERS = {"Tus-Resumable": "1.0.0", "Accept": "application/json"}
MIB = 1024 * 1024
PART = 8 * MIB
BIG = PDF + b"%" + b"0123456789abcdef" * (PART // 16) + b"\n%%EOF\n"


def begin(client: Any, application: Application, *, name: str, length: int, code: str = "A1") -> Any:
    """Ask for room for a file."""
    address = reverse("application_uploads", args=[application.reference, code])
    metadata = "filename " + b64encode(name.encode()).decode() + ",filetype " + b64encode(b"application/pdf").decode()
    return client.post(address, headers={**HEADERS, "Upload-Length": str(length), "Upload-Metadata": metadata})


def begun(client: Any, draft: Application, content: bytes = BIG, name: str = "gros.pdf", *, code: str = "A1") -> str:
    """Have room made for a file, and return its address."""
    said = begin(client, draft, name=name, length=len(content), code=code)
    assert said.status_code == 201, said.content
    return str(said["Location"])


def offset_of(client: Any, address: str) -> int:
    """Ask how far it has come."""
    said = client.head(address, headers=HEADERS)
    assert said.status_code == 200, said.status_code
    return int(said["Upload-Offset"])


def send_part(client: Any, address: str, part: bytes, *, offset: int, **more: str) -> Any:
    """Send a part."""
    return client.patch(
        address,
        part,
        content_type="application/offset+octet-stream",
        headers={**HEADERS, "Upload-Offset": str(offset), **more},
    )


def send_all(client: Any, address: str, content: bytes, *, size: int) -> None:
    """Send what is missing, part by part."""
    while (offset := offset_of(client, address)) < len(content):
        part = content[offset : offset + size]
        said = send_part(client, address, part, offset=offset, **checksum(part))
        assert said.status_code == 204, (said.status_code, said.content)
        assert said["Upload-Offset"] == str(offset + len(part))


def checksum(part: bytes) -> dict[str, str]:
    """Return the header that lets the server compare."""
    return {"Upload-Checksum": "sha256 " + b64encode(hashlib.sha256(part).digest()).decode()}


def attach(client: Any, address: str) -> Any:
    """Ask to attach what has arrived."""
    return client.post(f"{address}attachment", headers={"Accept": "application/json"})
