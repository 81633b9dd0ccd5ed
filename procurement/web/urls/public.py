"""Addresses that everybody may read."""

from django.urls import path

from procurement.web import public

urlpatterns = [
    path("notices/<slug:reference>/", public.public_call, name="public_call"),
]
