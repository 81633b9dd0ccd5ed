"""Addresses of the procedure, room by room."""

from django.urls import include, path

ROOMS = ["calls", "public", "applications", "opening", "evaluation", "award", "demo"]

urlpatterns = [path("", include(f"procurement.web.urls.{room}")) for room in ROOMS]
