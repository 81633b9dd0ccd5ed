"""A file sent as the page sends it: tus 1.0, parts of 8 MiB with their checksums, going on from where the server is."""

from __future__ import annotations

import asyncio
import hashlib
import time
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from infra.bench.surge.drafts import Draft
from infra.bench.surge.patience import insist, once, pauses
from infra.bench.surge.wire import Answer, Line, request

PART = 8 * 1024 * 1024
NAME, CODE = "references.pdf", "A4"
ELSEWHERE = {409, 423, 460}  # the server is not where the sender thinks it is, or got another part than was sent


@dataclass(frozen=True)
class File:
    """What everybody sends; its parts are cut and their checksums computed once."""

    content: bytes

    @cached_property
    def parts(self) -> list[tuple[bytes, str]]:
        """Return each part with its checksum, as the header has it."""
        cut = [self.content[at : at + PART] for at in range(0, len(self.content), PART)]
        return [(part, f"sha256 {b64encode(hashlib.sha256(part).digest()).decode()}") for part in cut]


@dataclass
class Sender:
    """One applicant with one file; `until` is when the applicant gives up."""

    line: Line
    draft: Draft
    file: File
    until: float
    failures: Counter[str] = field(default_factory=Counter)

    async def send(self) -> Answer | None:
        """Send and attach it; return the last answer, which is the first refusal if there is one."""
        begun = await self._ask("POST", self._creation, self._metadata)
        if begun is None or begun.status != 201:
            return begun
        upload, offset = begun.headers["location"], 0
        while True:
            if refusal := await self._send_parts(upload, offset):
                return refusal
            answer = await self._ask("POST", f"{upload}attachment")
            if answer is None or "x-send-again" not in answer.headers:
                return answer
            offset = await self._offset(upload)

    @property
    def _creation(self) -> str:
        return f"/applications/{self.draft.application}/documents/{CODE}/uploads/"

    @property
    def _metadata(self) -> dict[str, str]:
        length, name = str(len(self.file.content)), b64encode(NAME.encode()).decode()
        return {"Upload-Length": length, "Upload-Metadata": f"filename {name}"}

    async def _send_parts(self, upload: str, offset: int) -> Answer | None:
        """Send what the server does not have yet; return a refusal, or nothing once it has all."""
        waiting = pauses()
        while offset < len(self.file.content) and time.time() < self.until:
            answer = await once(self.line, self._part(upload, offset), self.failures)
            if answer and answer.status == 204:
                offset, waiting = int(answer.headers["upload-offset"]), pauses()
            elif answer and not (answer.status in ELSEWHERE and not answer.body.startswith(b"{")):
                return answer
            else:
                await asyncio.sleep(next(waiting))
                offset = await self._offset(upload)
        return None

    async def _offset(self, upload: str) -> int:
        """Return how far the server is; the end where it does not say, and then it does not attach either."""
        answer = await self._ask("HEAD", upload)
        said = answer.headers.get("upload-offset") if answer else None
        return len(self.file.content) if said is None else int(said)

    def _part(self, upload: str, offset: int) -> bytes:
        part, checksum = self.file.parts[offset // PART]
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return request("PATCH", upload, {**self._headers, **kind, "Upload-Checksum": checksum}, part)

    async def _ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> Answer | None:
        sent = request(method, path, {**self._headers, **(headers or {})})
        _attempts, answer = await insist(self.line, sent, failures=self.failures, until=self.until)
        return answer

    @property
    def _headers(self) -> dict[str, str]:
        return {**self.draft.headers, "Accept": "application/json", "Tus-Resumable": "1.0.0"}
