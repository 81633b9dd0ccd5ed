"""Addresses that everybody may read."""

from django.urls import path

from procurement.web import following, public, public_log, subscriptions

urlpatterns = [
    path("", public.public_calls, name="public_calls"),
    path("notices/<slug:reference>/", public.public_call, name="public_call"),
    path("notices/<slug:reference>/notice.docx", public.public_notice_file, name="public_notice_file"),
    path("notices/<slug:reference>/award.docx", public.public_award_file, name="public_award_file"),
    path("notices/<slug:reference>/end.docx", public.public_end_file, name="public_end_file"),
    path("notices/<slug:reference>/dates.ics", following.call_dates, name="public_call_dates"),
    path("calls.atom", following.calls_feed, name="public_feed"),
    path("awards/", public.public_awards, name="public_awards"),
    path("log/", public_log.days, name="public_log"),
    path("log/verify_log.py", public_log.program, name="public_log_program"),
    path("log/<str:day>.txt", public_log.day_file, name="public_log_day"),
    path("keys/", public_log.keys, name="public_keys"),
    path("keys/verify_receipt.py", public_log.receipt_program, name="public_receipt_program"),
    path("keys/keys.txt", public_log.keys_file, name="public_keys_file"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/<str:token>/confirmation/", subscriptions.confirm, name="subscription_confirm"),
    path("subscribe/<str:token>/end/", subscriptions.leave, name="subscription_leave"),
]
