"""Addresses that everybody may read."""

from django.urls import path

from procurement.web import public, subscriptions

urlpatterns = [
    path("", public.public_calls, name="public_calls"),
    path("notices/<slug:reference>/", public.public_call, name="public_call"),
    path("notices/<slug:reference>/notice.docx", public.public_notice_file, name="public_notice_file"),
    path("notices/<slug:reference>/award.docx", public.public_award_file, name="public_award_file"),
    path("awards/", public.public_awards, name="public_awards"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/<str:token>/confirmation/", subscriptions.confirm, name="subscription_confirm"),
    path("subscribe/<str:token>/end/", subscriptions.leave, name="subscription_leave"),
]
