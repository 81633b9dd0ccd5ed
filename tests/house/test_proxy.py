"""The example of a proxy: it limits each address, takes what the service takes, and puts nothing down on a disk."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local import places

TEXT = (places.ROOT / "infra" / "proxy" / "nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "wanted",
    [
        "limit_req zone=appel_requests ", "limit_conn appel_lines ", "proxy_request_buffering off;", "proxy_max_temp_file_size 0;",
        "proxy_set_header X-Forwarded-For $remote_addr;", "proxy_set_header X-Forwarded-Proto $scheme;", "add_header Retry-After 5 always;",
    ],
)  # fmt: skip
def test_it_says_what_the_service_relies_on(wanted: str) -> None:
    assert TEXT.count(wanted) == 1


def test_bodies_of_the_largest_file_go_through() -> None:
    [largest] = re.findall(r"client_max_body_size (\d+)m;", TEXT)
    [usual] = re.findall(r"^UPLOAD_MAX_MB=(\d+)$", (places.ROOT / ".env.example").read_text(), re.MULTILINE)
    assert int(largest) > int(usual)


@pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx here")
def test_nginx_understands_it(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
         "-subj", "/CN=test", "-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    (tmp_path / "appel.conf").write_text(TEXT.replace("/etc/ssl/appel", str(tmp_path)))
    whole = (
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; include {tmp_path}/appel.conf; }}"
    )
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
