"""The people of the play on the demonstration's sign-in page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts import demo
from procurement.demo.cast import PASSWORD, accounts

PARTS = {
    "officer": _("Officer: drafts, publishes, sends the letters"),
    "approver": _("Approver: reads and approves drafts"),
    "authority": _("Authority: decides the award"),
    "auditor": _("Auditor: reads the file and the log"),
    "chair": _("Chair of the committee, key holder"),
    "secretary": _("Secretary of the committee, key holder"),
    "evaluator": _("Evaluator"),
    "observer": _("Observer"),
    "applicant": _("Applies to calls as an expert or for a firm"),
}


def show_accounts() -> None:
    """Put everybody on the list, once."""
    known = {account[1] for account in demo.ACCOUNTS}
    for name, address, part in accounts():
        if address not in known:
            demo.ACCOUNTS.append(demo.DemoAccount(label=name, email=address, role=PARTS[part], password=PASSWORD))
