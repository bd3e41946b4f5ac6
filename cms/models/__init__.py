"""Tables that both apps stand on: accounts, the log of changes, the audit, requests, letters, the site."""

from cms.models.accounts import ApiToken, User
from cms.models.generation import Generation
from cms.models.keys import AddressKey
from cms.models.letters import Letter
from cms.models.log import AuditEntry, Change, Feed, PendingChange
from cms.models.permits import Permit
from cms.models.requests import IdempotencyRecord, RateWindow
from cms.models.site import Site

__all__ = [
    "AddressKey",
    "ApiToken",
    "AuditEntry",
    "Change",
    "Feed",
    "Generation",
    "IdempotencyRecord",
    "Letter",
    "PendingChange",
    "Permit",
    "RateWindow",
    "Site",
    "User",
]
