"""What the tests stand on does what it promises."""

import os
import socket
from decimal import Decimal

import execnet
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.safestring import SafeString

from config import celery_app
from tests.patience import until


def test_no_test_leaves_this_machine():
    with socket.socket() as one, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))


def test_each_process_of_the_tests_has_its_own_addresses():
    assert os.environ["BROKER_URL"] == settings.CELERY_BROKER_URL
    assert os.environ["STORAGE_URL"].partition("?")[0].endswith(f"/{default_storage.bucket_name}")
    assert default_storage.bucket_name.endswith(os.environ.get("PYTEST_XDIST_WORKER", ""))


@pytest.mark.django_db
def test_the_database_is_the_one_of_the_tests():
    assert connection.settings_dict["NAME"].startswith("test_")


def test_documents_go_to_a_bucket_of_the_tests():
    name = default_storage.save("ground/é.txt", ContentFile(b"kept"))
    with default_storage.open(name) as kept:
        assert kept.read() == b"kept"
    assert default_storage.bucket_name != "appel"
    default_storage.delete(name)


def test_a_real_worker_takes_what_is_sent(worker):
    celery_app.send_task("workflow.tick")
    until(lambda: worker.said("workflow.tick") and worker.said("succeeded"), showing=worker.log)


def test_a_killed_worker_is_gone(worker):
    worker.kill()
    assert worker.process.poll() is not None


def test_the_browser_sees_the_live_server(live_browser):
    page = live_browser.page(language="en")
    assert page.goto("/").status == 200
    assert live_browser.address == settings.SITE_URL


def test_a_report_can_be_sent_whatever_a_test_failed_with(request):
    told = [("lone \udc80", SafeString("<b>"), Decimal("1.5"), {1: {b"x"}})]
    where = ("tests/house/test_ground.py", 1, "test")
    report = pytest.TestReport("test", where, {}, "failed", "not \ud800", "call", user_properties=told)
    with pytest.raises(execnet.DumpError):
        execnet.dumps(vars(report)["user_properties"])
    sent = request.config.hook.pytest_report_to_serializable(config=request.config, report=report)
    execnet.dumps(sent)
    came = request.config.hook.pytest_report_from_serializable(config=request.config, data=sent)
    assert came.longrepr == "not \\ud800"
    assert came.user_properties == [("lone \\udc80", "<b>", "Decimal('1.5')", {1: [b"x"]})]
