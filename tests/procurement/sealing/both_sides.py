"""What is the same on both sides: contents, their text on the way, and the place of a financial envelope."""

import base64
from dataclasses import replace

from tests.procurement.sealing.sealed import BINDING

FINANCIAL = replace(BINDING, envelope="financial")


def encoded(raw: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(raw).decode()
