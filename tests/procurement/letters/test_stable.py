"""The same facts give the same bytes, in another process, another zone, another order of hashes."""

import io
import os
import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest

from procurement.letters.registry import render_paper
from tests.procurement.letters.reading import parts
from tests.procurement.letters.sample_papers import PAPERS, english

PRINT_DIGESTS = """
from hashlib import sha256
from procurement.letters.registry import render_paper
from tests.procurement.letters.sample_papers import PAPERS
for kind, paper in PAPERS.items():
    print(kind, sha256(render_paper(paper=paper)).hexdigest())
"""


def _digests_elsewhere(**environment: str) -> dict[str, str]:
    told = subprocess.run(
        [sys.executable, "-c", PRINT_DIGESTS],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return dict(line.split() for line in told.splitlines())


def test_two_other_processes_write_the_same_bytes() -> None:
    here = {kind: sha256(render_paper(paper=paper)).hexdigest() for kind, paper in PAPERS.items()}
    assert len(set(here.values())) == len(PAPERS)
    assert _digests_elsewhere(PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C") == here
    assert _digests_elsewhere(PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8") == here


@pytest.mark.parametrize("kind", PAPERS)
def test_the_package_holds_no_clock_no_author_and_no_compression(kind: str) -> None:
    written = render_paper(paper=PAPERS[kind])
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        entries = package.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    names = [entry.filename for entry in entries]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    core = parts(written)["docProps/core.xml"].decode()
    for mark in ("creator", "lastModifiedBy", "python-docx"):
        assert mark not in core


def test_the_language_changes_the_bytes() -> None:
    assert render_paper(paper=PAPERS["notice"]) != render_paper(paper=english(PAPERS["notice"]))
