"""What can be wrong with sealed bytes, typed codes and released pieces. Codes, no sentences: the pages have the words."""

from __future__ import annotations


class Unreadable(Exception):
    """Sealed bytes do not open; `reason` says at which step.

    One of: format, header, binding, key, body, manifest, files, padding.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadCode(ValueError):
    """What was typed is no access code."""


class BadPassphrase(Exception):
    """The passphrase does not open this private key, or the key was altered; the two cannot be told apart."""


class BadRecovery(ValueError):
    """What was typed is no recovery sheet; `line` is the first wrong line, counted from 1, 0 for a wrong length."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class NotEnough(Exception):
    """Fewer holders than the quorum have released their pieces."""


class WrongPiece(Exception):
    """No subset of holders has only right pieces; `wrong` lists every (holder, subset) whose piece is not the sealed one."""

    def __init__(self, wrong: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(f"{holder} in {subset}" for holder, subset in wrong))
        self.wrong = wrong
        self.holder, self.subset = wrong[0]
