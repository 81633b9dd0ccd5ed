"""`python -m procurement.lock`: listens until it is told to end. Its variables are in .env.example."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import Any

import psycopg

from procurement.lock.key import NoKey, database, from_word, variable
from procurement.lock.releasing import release
from procurement.lock.server import Lock, serving

LISTEN = "127.0.0.1:8100"
log = logging.getLogger("lock")


def main() -> int:
    """Serve; return 2 with a sentence when a variable is missing."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        key, token = from_word(variable("LOCK_KEY")), variable("LOCK_TOKEN")
        reached: dict[str, Any] = {**database(), "connect_timeout": 5}
    except NoKey as missing:
        log.error("%s", missing)
        return 2

    def answer(session: int) -> dict[str, Any]:
        with psycopg.connect(**reached) as connection, connection.cursor() as cursor:
            return release(cursor, key, session=session)

    host, _colon, port = os.environ.get("LOCK_LISTEN", LISTEN).rpartition(":")
    server = serving(Lock(key=key, token=token, release=answer), host=host, port=int(port))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    log.info("the lock listens on %s:%s", *server.server_address[:2])
    with server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
