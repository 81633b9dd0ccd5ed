"""Bytes that depend on a document's parts alone, not on the day or the machine."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def stable_bytes(package: bytes) -> bytes:
    """Rewrite a .docx with sorted parts, fixed dates and no compression.

    Parts are stored, not deflated: two builds of zlib may compress the same text differently.
    """
    rewritten = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(rewritten, "w", zipfile.ZIP_STORED) as target,
    ):
        # Readers look for the content types first.
        for name in sorted(source.namelist(), key=lambda part: (part[0] != "[", part)):
            part = zipfile.ZipInfo(name, date_time=_EPOCH)
            part.create_system = 0
            target.writestr(part, source.read(name))
    return rewritten.getvalue()
