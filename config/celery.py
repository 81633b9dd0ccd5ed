"""Celery: the broker carries identifiers of outbox rows and nothing else."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("appel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
