"""Addresses of the applicants."""

from django.urls import path

from procurement.web import (
    application_documents,
    application_parts,
    applications,
    arrived,
    browser_price,
    codes,
    completions,
    receipts,
    resupply,
    tus,
)

OWN = "applications/<str:reference>/"

urlpatterns = [
    path("notices/<slug:reference>/application", applications.start, name="application_start"),
    path("applications/", applications.mine, name="my_applications"),
    path(OWN, applications.application, name="application"),
    path(f"{OWN}code/", codes.code, name="application_code"),
    path(f"{OWN}code/noted", codes.noted, name="application_code_noted"),
    path(f"{OWN}code/renewal/", codes.renewal, name="application_code_renewal"),
    path(f"{OWN}identity/", application_parts.identity, name="application_identity"),
    path(f"{OWN}applicant", application_parts.applicant, name="application_applicant"),
    path(f"{OWN}price/", application_parts.price, name="application_price"),
    path(f"{OWN}price/place", browser_price.place, name="application_price_place"),
    path(f"{OWN}price/sealed/", browser_price.kept, name="application_price_kept"),
    path(f"{OWN}price/sealed/<str:code>/<uuid:file>", browser_price.file, name="application_price_file"),
    path(f"{OWN}documents/<str:code>/", application_documents.document, name="application_document"),
    path(f"{OWN}documents/<str:code>/files", application_documents.upload, name="application_upload"),
    path(f"{OWN}documents/<str:code>/uploads/", tus.creation, name="application_uploads"),
    path(f"{OWN}uploads/<uuid:file>/", tus.parts, name="application_upload_parts"),
    path(f"{OWN}uploads/<uuid:file>/attachment", arrived.attachment, name="application_upload_attachment"),
    path(f"{OWN}uploads/<uuid:file>/removal", arrived.dropping, name="application_upload_removal"),
    path(f"{OWN}files/<uuid:file>/", application_documents.download, name="application_file"),
    path(f"{OWN}files/<uuid:file>/removal", application_documents.removal, name="application_file_removal"),
    path(f"{OWN}check/", applications.check, name="application_check"),
    path(f"{OWN}submission", applications.submit, name="application_submission"),
    path(f"{OWN}withdrawal/", applications.withdrawal, name="application_withdrawal"),
    path(f"{OWN}abandonment/", applications.abandonment, name="application_abandonment"),
    path(f"{OWN}receipt/<str:number>/", receipts.receipt, name="application_receipt"),
    path(f"{OWN}receipt/<str:number>/receipt.docx", receipts.receipt_file, name="application_receipt_file"),
    path(f"{OWN}receipt/<str:number>/receipt.json", receipts.receipt_signed, name="application_receipt_signed"),
    path(f"{OWN}receipt/<str:number>/price.json", receipts.sealed_price, name="application_receipt_price"),
    path(f"{OWN}letters/<int:number>/letter.docx", receipts.letter, name="application_letter"),
    path(f"{OWN}resupply/", resupply.resupply, name="application_resupply"),
    path(f"{OWN}resupply/code", resupply.code, name="application_resupply_code"),
    path(f"{OWN}resupply/receipt", resupply.receipt, name="application_resupply_receipt"),
    path(f"{OWN}resupply/files/<uuid:file>", resupply.upload, name="application_resupply_file"),
    path(f"{OWN}completion/", completions.completion, name="application_completion"),
    path(f"{OWN}completion/answer", completions.answer, name="application_completion_answer"),
    path(f"{OWN}completion/<str:code>/files", completions.upload, name="application_completion_upload"),
]
