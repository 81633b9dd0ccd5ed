"""As little HTTP as a load needs: prepared requests over connections that are kept, each waited for without a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

HOST, PATIENCE, CHUNK = "127.0.0.1", 120.0, 64 * 1024
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return a request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


@dataclass
class Line:
    """Connections to one server, at most so many at once; one that failed is thrown away."""

    port: int
    most: int
    idle: list[Stream] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.free = asyncio.Semaphore(self.most)

    async def ask(self, sent: bytes, *, patience: float = PATIENCE) -> Answer:
        """Send a request and return the answer; whatever breaks is an OSError."""
        async with self.free:
            stream: Stream | None = None
            try:
                async with asyncio.timeout(patience):
                    stream = self._kept() or await asyncio.open_connection(HOST, self.port)
                    answer = await _exchange(stream, sent)
            except BaseException as error:
                if stream:
                    stream[1].close()
                if isinstance(error, (EOFError, ValueError)):
                    raise ConnectionResetError(str(error)) from error
                raise
            if answer.headers.get("connection", "").lower() == "close":
                stream[1].close()
            else:
                self.idle.append(stream)
            return answer

    def _kept(self) -> Stream | None:
        """Return a connection that is still there: the server ends those that nobody used for half a minute."""
        while self.idle:
            reader, writer = self.idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return None

    def close(self) -> None:
        """Hang up."""
        for _reader, writer in self.idle:
            writer.close()
        self.idle.clear()


async def _exchange(stream: Stream, sent: bytes) -> Answer:
    reader, writer = stream
    for at in range(0, len(sent), CHUNK):
        writer.write(sent[at : at + CHUNK])
        await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    return Answer(int(head[0].split(" ", 2)[1]), headers, await _body(reader, headers))


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    pieces = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(pieces)
