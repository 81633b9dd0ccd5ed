"""A browser in which every application was begun: it keeps their access codes, as a real one does."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from procurement.demo.codes import CODE
from procurement.web.access import PREFIX

OWN = re.compile(r"/applications/(AP-[^/]+)/")


class Browser(Client):
    """A client that sends the code of the application whose page it asks for; `forgetful` begins without any."""

    def __init__(self, *args: Any, forgetful: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forgetful = forgetful

    def request(self, **request: Any) -> Any:
        """Send a request with the cookies of this browser."""
        found = OWN.match(request.get("PATH_INFO", ""))
        if found and not self.forgetful and PREFIX + found[1] not in self.cookies:
            self.cookies[PREFIX + found[1]] = CODE
        return super().request(**request)
