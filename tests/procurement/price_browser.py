"""A browser that seals a price, played in Python: the service gets from it what it gets from a real one."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64encode
from io import BytesIO
from typing import Any
from uuid import uuid4

from accounts.models import User
from procurement import sealing
from procurement.actions.seal_in_browser import attach_sealed, choose_place, keep_sealed
from procurement.models import Application, Call
from procurement.models.browser_copy import Prepared, kept_digest, price_row
from procurement.queries.roster import roster_of
from procurement.queries.sealed_arrivals import receive_sealed
from procurement.sealing.canonical import canonical
from procurement.sealing.form import form_commitment, form_digest, form_salt
from tests.procurement.applying import BEFORE, PDF, unlike_others

PRICE = {"days": "40", "rate": "300.00", "expenses": "1900.00", "total": "13900.00"}


def offer(call: Call, price_sealing: str = "offered") -> None:
    """Let the applicants of a call seal their prices in their browsers."""
    Call.objects.filter(pk=call.pk).update(price_sealing=price_sealing)
    call.refresh_from_db()


class PriceBrowser:
    """The browser of one applicant: its second code never leaves it."""

    def __init__(self, application: Application, actor: User) -> None:
        self.application, self.actor = Application.objects.select_related("call").get(pk=application.pk), actor
        self.application.access = application.access
        self.code = sealing.make_code()
        self.key = sealing.draft_key(self.code, application=application.reference)
        self.written: dict[str, Any] = {}
        self.files: list[sealing.SealedFile] = []
        self.at_home: list[bytes] = []  # the same files, as the applicant has them

    def begin(self) -> PriceBrowser:
        """Choose this browser and write a whole price with its document."""
        choose_place(application=self.application, place="browser", actor=self.actor, now=BEFORE)
        self.attach("B1", unlike_others(PDF), name="Offre.pdf")
        self.write({"price": PRICE, "notes": {"B1": "Signed."}})
        return self

    def write(self, written: dict[str, Any]) -> None:
        """Have the ciphertext of what was written kept."""
        self.written = written
        files = [vars(file) | {"key": b64encode(file.key).decode(), "salt": "", "findings": []} for file in self.files]
        place = sealing.Context(self.application.call.reference, self.application.reference, "envelope", "financial")
        sealed = sealing.seal_own(canonical({"written": written, "files": files}), key=self.key, context=place)
        keep_sealed(
            application=self.application, sealed=sealed, check=sealing.key_check(self.key),
            seen=kept_digest(price_row(self.application)), actor=self.actor, now=BEFORE,
        )  # fmt: skip

    def attach(self, code: str, content: bytes, *, name: str = "file.pdf", **claimed: Any) -> None:
        """Send a file, sealed here; `claimed` is what the manifest will say of it whatever is true."""
        file, key = uuid4(), sealing.new_file_key()
        call, reference = self.application.call, self.application.reference
        place = sealing.PartContext(call.reference, reference, "financial", str(file), 0, last=True)
        part = sealing.seal_part(content, key=key, context=place)
        stored = receive_sealed(BytesIO(part), file_id=file)
        asked = call.requirements.get(code=code)
        attach_sealed(application=self.application, requirement=asked, stored=stored, actor=self.actor, now=BEFORE)
        told = {
            "id": str(file), "key": key, "code": code, "name": name, "media_type": "application/pdf",
            "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "salt": secrets.token_bytes(32),
            "findings": (), "parts": 1, "stored_sha256": hashlib.sha256(part).hexdigest(), "stored_size": len(part),
        }  # fmt: skip
        self.at_home.append(content)
        self.files.append(sealing.SealedFile(**{**told, **claimed}))

    def prepared(self, *, version: int | None = None, **changed: Any) -> Prepared:
        """Seal for the next submission, or for the one of another number."""
        call = Call.objects.get(pk=self.application.call_id)
        number = version or self.application.submissions.count() + 1
        self.place = sealing.Binding(call.reference, self.application.reference, "financial", number)
        sealed = sealing.seal_envelope(
            sealing.Manifest(self.written, tuple(self.files)),
            binding=self.place,
            roster=changed.get("roster") or roster_of(call),
            lock_public=bytes(call.lock_public or b""),
            own_key=self.key,
            sealed_in="browser",
        )
        return Prepared(sealed.header, sealed.body, form_commitment(self.written, own_key=self.key, binding=self.place))

    def proofs(self, receipt: str) -> bytes:
        """Return the file of proofs that the page of the receipt gives, for the last envelope that was prepared."""
        files = [
            {
                "id": one.id,
                "code": one.code,
                "name": one.name,
                "size": one.size,
                "sha256": one.sha256,
                "salt": one.salt.hex(),
            }
            for one in self.files
        ]
        form = {
            "salt": form_salt(self.key, self.place).hex(), "sha256": form_digest(self.written), "written": self.written
        }  # fmt: skip
        told = {
            "format": "appel-proofs/v1", "receipt": receipt, "envelope": "financial", "files": files, "form": form
        }  # fmt: skip
        return json.dumps(told).encode()
