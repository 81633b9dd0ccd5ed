"""Hundreds of hostile files, made here: each is refused in a sentence or kept with a finding, for little work and memory."""

from __future__ import annotations

import hashlib
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest

from procurement.queries.findings import words_for
from procurement.rules import files
from procurement.rules.file_names import clean_name, extension_of
from tests.procurement.hostile import office, pdfs, pictures, polyglots, zips
from tests.procurement.hostile.shapes import Shape
from workflow.contents.kinds import Content, look_at
from workflow.guards import objections_to

MIB = 1024 * 1024
FAMILIES: dict[str, tuple[Callable[[], Iterable[Shape]], int]] = {
    "zip": (zips.shapes, 60), "office": (office.shapes, 120), "pdf": (pdfs.shapes, 200),
    "polyglot": (polyglots.shapes, 80), "picture": (pictures.shapes, 40),
}  # fmt: skip


class Counted:
    """Gives the bytes of a file and counts what was asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reads = self.bytes = self.largest = 0

    def __call__(self, start: int, length: int) -> bytes:
        found = self.content[start : start + length]
        self.reads += 1
        self.bytes += len(found)
        self.largest = max(self.largest, len(found))
        return found


def verdict(shape: Shape, content: Content) -> set[str]:
    """Return the codes with which the gate refuses a file, else those of its findings."""
    name = clean_name(shape.name)
    facts = files.FileFacts(
        name=name, ending=extension_of(name), kind=content.kind, size=len(shape.content), largest=100 * MIB,
        locked=content.locked, damage=content.damage, formats=(), attached=0, most_files=3,
    )  # fmt: skip
    return {one.code for one in objections_to(files.ACCEPTED, facts)} or set(content.findings)


@contextmanager
def memory_at_most(limit: int) -> Iterator[None]:
    """Hold what Python takes meanwhile to so many bytes at its highest."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("family", FAMILIES)
def test_each_is_refused_or_kept_with_a_finding(family: str) -> None:
    made, least = FAMILIES[family]
    shapes = list(made())
    wrong: list[str] = []
    with memory_at_most(64 * MIB):
        for shape in shapes:
            read = Counted(shape.content)
            content = look_at(read, size=len(shape.content))
            wrong += judged(shape, content) + overworked(shape, read, content)
    assert wrong == []
    assert len({shape.title for shape in shapes}) == len(shapes) >= least
    assert digest(shapes) == digest(made()), "the same files in every run"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_refusal_takes_less_than_a_tenth_of_a_second(family: str) -> None:
    """Of the processor, and the best of three, so that what runs beside does not count; the slowest takes a tenth of it."""
    made, _least = FAMILIES[family]
    slow = {}
    for shape in made():
        if shape.expected.startswith("FIL-") and (best := min(seconds(shape) for _ in range(3))) >= 0.1:
            slow[shape.title] = best
    assert slow == {}


def seconds(shape: Shape) -> float:
    begun, read = time.thread_time(), Counted(shape.content)
    verdict(shape, look_at(read, size=len(shape.content)))
    return time.thread_time() - begun


def judged(shape: Shape, content: Content) -> list[str]:
    codes = verdict(shape, content)
    said = all(words_for([one]) for one in codes if not one.startswith("FIL-"))
    right = shape.expected in codes and said
    return [] if right else [f"{shape.title}: {sorted(codes) or 'nothing'} {content.damage}, not {shape.expected}"]


def overworked(shape: Shape, read: Counted, content: Content) -> list[str]:
    """A bound on the work is a bound on the time: `make bench` measures the time itself."""
    size = len(shape.content)
    easy = read.reads <= 4500 + size // MIB and read.bytes <= 3 * size + 48 * MIB and content.unpacked <= 9 * MIB
    fits = read.largest <= 2 * MIB
    work = f"{read.reads} reads of {read.bytes} bytes, {read.largest} at once, {content.unpacked} unpacked"
    return [] if easy and fits else [f"{shape.title}: {work}"]


def digest(shapes: Iterable[Shape]) -> str:
    found = hashlib.sha256()
    for shape in shapes:
        found.update(shape.title.encode() + shape.content)
    return found.hexdigest()
