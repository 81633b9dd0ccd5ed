"""Addresses of the score sheets, the consensus, the interviews and the technical report."""

from django.urls import path

from procurement.web import consensus, evaluation, interviews, sheets, technical_report

CALL = "calls/<str:reference>/"
READ = f"{CALL}evaluation/<str:application>/"
SHEET = f"{READ}sheets/<str:label>/"
AGREED = f"{CALL}consensus/<str:application>/"

urlpatterns = [
    path(f"{CALL}evaluation/", evaluation.readings, name="call_evaluation"),
    path(f"{CALL}evaluation/consensus", evaluation.consensus, name="evaluation_consensus"),
    path(READ, sheets.desk, name="evaluation_desk"),
    path(f"{READ}marks", sheets.marks, name="evaluation_marks"),
    path(f"{READ}signature", sheets.signature, name="evaluation_signature"),
    path(SHEET, evaluation.sheet, name="evaluation_sheet"),
    path(f"{SHEET}reopening", evaluation.reopening, name="evaluation_reopening"),
    path(AGREED, consensus.consensus, name="call_consensus"),
    path(f"{AGREED}marks", consensus.marks, name="consensus_marks"),
    path(f"{AGREED}settlement", consensus.settlement, name="consensus_settlement"),
    path(f"{AGREED}reopening", consensus.reopening, name="consensus_reopening"),
    path(f"{CALL}interviews/", interviews.interviews, name="call_interviews"),
    path(f"{CALL}interviews/beginning", interviews.beginning, name="interviews_beginning"),
    path(f"{CALL}interviews/end", interviews.end, name="interviews_end"),
    path(f"{CALL}interviews/<str:application>/hour", interviews.hour, name="interviews_hour"),
    path(f"{CALL}technical-report/", technical_report.technical_report, name="call_technical_report"),
    path(f"{CALL}technical-report/writing", technical_report.writing, name="technical_report_writing"),
    path(f"{CALL}technical-report/settlement", technical_report.settlement, name="technical_report_settlement"),
]
