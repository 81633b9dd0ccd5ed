"""The door for auditors: `manage.py rank`, with no database behind it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
PROBLEM = {
    "method": "prag",
    "weights": {"technical": "0.80", "financial": "0.20"},
    "technical": {"max": "100", "threshold": "75"},
    "applications": [
        {"ref": "E2", "technical": "82.00", "price": "13900"},
        {"ref": "E3", "technical": "79.00", "price": "11800"},
    ],
}


def run_alone(argument: str, *, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, with an address where no database answers."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "manage.py", "rank", argument]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment, check=False
    )


def test_a_problem_on_standard_input_is_ranked():
    done = run_alone("-", text=json.dumps(PROBLEM))

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["winner"] == "E3"


def test_a_bad_problem_ends_with_2_and_the_path_of_the_field():
    done = run_alone("-", text=json.dumps(PROBLEM | {"weights": {"technical": "0.80", "financial": "0.30"}}))

    assert (done.returncode, done.stdout) == (2, "")
    assert "weights: must sum to 1, not 1.1" in done.stderr


def test_a_problem_in_a_file_is_ranked(tmp_path, capsys):
    file = tmp_path / "problem.json"
    file.write_text("\ufeff" + json.dumps(PROBLEM), encoding="utf-8")

    call_command("rank", str(file))

    printed = json.loads(capsys.readouterr().out)
    assert [each["ref"] for each in printed["ranking"]] == ["E3", "E2"]
    assert "E3: technical score 100 × 79 ÷ 82 = 96.341463…" in printed["steps"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "problem: is not JSON"),
        (b"\xff\xfe", "is not written in UTF-8"),
        (b'{"method": "prag", "method": "qcbs"}', "method: appears twice"),
        (
            json.dumps(PROBLEM | {"applications": [{"ref": "A", "technical": "80"}]}).encode(),
            r"applications\[0\].price: is missing",
        ),
        (json.dumps(PROBLEM | {f"k{index}": "" for index in range(70)}).encode(), "and 20 more"),
    ],
)
def test_what_cannot_be_ranked_is_refused_with_2(tmp_path, content, sentence):
    file = tmp_path / "problem.json"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("rank", str(file))

    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_refused_with_2(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file") as refused:
        call_command("rank", str(tmp_path / "absent.json"))

    assert refused.value.returncode == 2
