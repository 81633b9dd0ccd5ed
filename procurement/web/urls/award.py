"""Addresses from the ranking to the archive: ranking, award, letters, papers, contract, log, messages."""

from django.urls import path

from procurement.web import award, contract, letters, log, outbox, papers, ranking

CALL = "calls/<str:reference>/"

urlpatterns = [
    path(f"{CALL}ranking/", ranking.ranking, name="call_ranking"),
    path(f"{CALL}ranking/run", ranking.run, name="ranking_run"),
    path(f"{CALL}ranking/renewal", ranking.again, name="ranking_again"),
    path(f"{CALL}ranking/draw", ranking.draw, name="ranking_draw"),
    path(f"{CALL}ranking/<int:number>/problem.json", ranking.problem, name="ranking_problem"),
    path(f"{CALL}ranking/<int:number>/record.json", ranking.record, name="ranking_record"),
    path(f"{CALL}exclusion/", ranking.exclusion, name="call_exclusion"),
    path(f"{CALL}award/", award.award, name="call_award"),
    path(f"{CALL}award/report", award.report, name="award_report"),
    path(f"{CALL}award/proposal", award.proposal, name="award_proposal"),
    path(f"{CALL}award/decision", award.decision, name="award_decision"),
    path(f"{CALL}award/return", award.returning, name="award_return"),
    path(f"{CALL}award/withdrawal", award.withdrawal, name="award_withdrawal"),
    path(f"{CALL}unsuccessful/", award.unsuccessful, name="call_unsuccessful"),
    path(f"{CALL}letters/", letters.letters, name="call_letters"),
    path(f"{CALL}letters/drafts", letters.drafts, name="letters_drafts"),
    path(f"{CALL}letters/sending/", letters.sending, name="letters_sending"),
    path(f"{CALL}letters/to/<str:label>/", letters.letter, name="call_letter"),
    path(f"{CALL}letters/to/<str:label>/approval", letters.approval, name="letter_approval"),
    path(f"{CALL}letters/to/<str:label>/draft", letters.draft_again, name="letter_draft"),
    path(f"{CALL}papers/", papers.papers, name="call_papers"),
    path(f"{CALL}papers/<int:paper>/", papers.paper, name="call_paper"),
    path(f"{CALL}papers/<int:paper>/words/", papers.words, name="call_paper_words"),
    path(f"{CALL}contract/", contract.contract, name="call_contract"),
    path(f"{CALL}contract/file", contract.contract_file, name="call_contract_file"),
    path(f"{CALL}archive/", contract.archive, name="call_archive"),
    path(f"{CALL}archive/index", contract.archive_index, name="archive_index"),
    path(f"{CALL}archive/closing", contract.closing, name="archive_closing"),
    path(f"{CALL}log/", log.log, name="call_log"),
    path(f"{CALL}log/events.csv", log.export, name="call_log_export"),
    path(f"{CALL}log/proof.jsonl", log.proof, name="call_log_proof"),
    path(f"{CALL}messages/", outbox.undelivered, name="call_messages"),
    path(f"{CALL}messages/<int:message>/retry", outbox.retry, name="message_retry"),
]
