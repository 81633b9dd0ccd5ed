"""Where things are: the repository and the one folder that a running stack writes to."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
VENV_S3 = ROOT / ".venv-s3"
REQUIREMENTS = ROOT / "requirements"


def logs(folder: Path) -> Path:
    """Return the folder of the log files of one stack, made when missing."""
    return _made(folder / "log")


def marks(folder: Path) -> Path:
    """Return the folder of pid files, ports and locks of one stack, closed to other users."""
    return _made(folder / "run", mode=0o700)


def _made(folder: Path, mode: int = 0o755) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(mode)
    return folder
