"""Addresses of the opening, the declarations, the compliance check and the documents."""

from django.urls import path

from procurement.web import compliance, declarations, documents, late, opening, release

CALL = "calls/<str:reference>/"
CHECKED = f"{CALL}compliance/<str:application>/"

urlpatterns = [
    path(f"{CALL}opening/", opening.opening, name="call_opening"),
    path(f"{CALL}opening/session", opening.session, name="opening_session"),
    path(f"{CALL}opening/end", opening.end, name="opening_end"),
    path(f"{CALL}opening/presence", opening.presence, name="opening_presence"),
    path(f"{CALL}opening/pieces", release.pieces, name="opening_pieces"),
    path(f"{CALL}opening/release", release.release, name="opening_release"),
    path(f"{CALL}opening/technical", opening.technical, name="opening_technical"),
    path(f"{CALL}opening/financial", opening.financial, name="opening_financial"),
    path(f"{CALL}opening/remaining", opening.remaining, name="opening_remaining"),
    path(f"{CALL}late/<slug:label>/", late.late, name="call_late"),
    path(f"{CALL}late/<slug:label>/decision", late.decision, name="call_late_decision"),
    path(f"{CALL}applicants/", opening.applicants, name="call_applicants"),
    path(f"{CALL}prices/", opening.prices, name="call_prices"),
    path(f"{CALL}papers/<int:paper>/signature", opening.signature, name="paper_signature"),
    path(f"{CALL}declarations/", declarations.declarations, name="call_declarations"),
    path(f"{CALL}declaration", declarations.declaration, name="call_declaration"),
    path(f"{CALL}compliance/", compliance.grid, name="call_compliance"),
    path(f"{CALL}compliance/beginning", compliance.beginning, name="compliance_beginning"),
    path(f"{CALL}compliance/evaluation", compliance.evaluation, name="compliance_evaluation"),
    path(CHECKED, compliance.application, name="compliance_application"),
    path(f"{CHECKED}items", compliance.items, name="compliance_items"),
    path(f"{CHECKED}acceptance", compliance.acceptance, name="compliance_acceptance"),
    path(f"{CHECKED}completion", compliance.completion, name="compliance_completion"),
    path(f"{CHECKED}decision", compliance.decision, name="compliance_decision"),
    path(f"{CHECKED}reconsideration", compliance.reconsideration, name="compliance_reconsideration"),
    path(f"{CALL}documents/<uuid:file>/", documents.document, name="call_document"),
    path(f"{CALL}documents/<uuid:file>/file", documents.file, name="call_document_file"),
]
