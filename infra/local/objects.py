"""The S3 server of the local stack: it checks signatures against a key made here, and keeps buckets under var/."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from . import children, ports, say, secret, venv

BUCKET = "appel"
REGION = "us-east-1"
FIRST_KEY = ("test", "test")  # the key the server knows from birth; it only makes the real one
EVERYTHING_IN_S3 = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def start(*, folder: Path, port: int) -> children.Child:
    """Start the server; SIGTERM makes it write down what it holds."""
    place = folder / "s3"
    for part in ("objects", "state", "tmp"):
        (place / part).mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(place),
        "TMPDIR": str(place / "tmp"),
        "AUTH": "true",
        "SERVICES": "s3,iam,sts",
        "BIND_HOST": ports.HOST,
        "GATEWAY_PORT": str(port),
        "S3_PERSIST": "1",
        "PERSIST_STATE": "1",
        "S3_DATA_DIR": str(place / "objects"),
        "STATE_DIR": str(place / "state"),
    }
    program = children.Program("objects", [venv.python(venv.ensure("objects")), "-m", "ministack"], environment)
    child = children.start(program, folder=folder)
    try:
        _wait(child, port)
    except BaseException:
        child.stop()
        raise
    return child


def ensure_key(*, folder: Path, port: int) -> tuple[str, str]:
    """Return a key the server accepts: the one kept, or a new one when the server has forgotten it."""
    kept = folder / "secret" / "objects"
    if kept.exists():
        key, word = json.loads(kept.read_text())
        if _accepts(key, word, port):
            return key, word
    key, word = _new_key(port)
    secret.keep("objects", json.dumps([key, word]), folder=folder)
    return key, word


def url(*, port: int, key: tuple[str, str], bucket: str = BUCKET) -> str:
    """Return the address of a bucket, as STORAGE_URL wants it."""
    name, word = (quote(part, safe="") for part in key)
    return f"s3://{name}:{word}@{ports.HOST}:{port}/{bucket}?scheme=http&region={REGION}"


def ensure_bucket(address: str, *, fresh: bool = False) -> None:
    """Make the bucket or folder of a STORAGE_URL when it is missing, and empty it when asked for a fresh one."""
    parts = urlsplit(address)
    if parts.scheme == "file":
        if fresh:
            shutil.rmtree(unquote(parts.path), ignore_errors=True)
        Path(unquote(parts.path)).mkdir(parents=True, exist_ok=True)
        return
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    key = (unquote(parts.username or ""), unquote(parts.password or ""))
    host = f"{options.get('scheme', 'https')}://{parts.netloc.rpartition('@')[2]}"
    s3, bucket = _client("s3", host, key, options.get("region", REGION)), parts.path.strip("/")
    try:
        s3.head_bucket(Bucket=bucket)
    except ClientError:
        s3.create_bucket(Bucket=bucket)
    if fresh:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for known in page.get("Contents", []):
                s3.delete_object(Bucket=bucket, Key=known["Key"])


def _new_key(port: int) -> tuple[str, str]:
    iam = _client("iam", _here(port), FIRST_KEY)
    try:
        iam.create_user(UserName="appel")
    except ClientError as error:
        if error.response["Error"]["Code"] != "EntityAlreadyExists":
            raise
    iam.put_user_policy(UserName="appel", PolicyName="documents", PolicyDocument=json.dumps(EVERYTHING_IN_S3))
    made = iam.create_access_key(UserName="appel")["AccessKey"]
    return made["AccessKeyId"], made["SecretAccessKey"]


def _accepts(key: str, word: str, port: int) -> bool:
    try:
        _client("s3", _here(port), (key, word)).list_buckets()
    except (ClientError, BotoCoreError):
        return False
    return True


def _here(port: int) -> str:
    return f"http://{ports.HOST}:{port}"


def _client(name: str, host: str, key: tuple[str, str], region: str = REGION) -> Any:
    return boto3.session.Session().client(
        name,
        endpoint_url=host,
        region_name=region,
        aws_access_key_id=key[0],
        aws_secret_access_key=key[1],
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}),
    )


def _wait(child: children.Child, port: int, patience: float = 30.0) -> None:
    deadline = time.monotonic() + patience
    while child.ended() is None and time.monotonic() < deadline:
        if ports.answers(port):
            return
        time.sleep(0.05)
    raise say.CannotStart(f"The S3 server did not start. Its last lines ({child.log}):\n{child.last_lines()}")
