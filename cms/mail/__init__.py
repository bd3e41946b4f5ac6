"""Mail: a letter is queued with the transaction that asks for it, and sent later by whoever works through the tasks.

`docs/mail.md` has what a letter reveals and what happens when something fails. Nothing here knows what letters say.
"""

from cms.mail.message import Message, NotYet, subject
from cms.mail.outbox import offered, queue, queue_unwritten, withdraw

__all__ = ["Message", "NotYet", "offered", "queue", "queue_unwritten", "subject", "withdraw"]
