"""The demonstration's collections and redirects: what points at its articles once they are there."""

from uuid import UUID

from articles import actions
from articles.demo import source
from articles.demo.catalogue import OPENED
from articles.demo.history import Desk


def write(desk: Desk) -> None:
    """Collections and redirects are as old as the magazine; collections show what was live at each instant."""
    for row in source.rows("collections"):
        content = {name: row[name] for name in ("title", "summary")}
        content["articles"] = [desk.ids[key] for key in row["articles"]]
        actions.create_entry(
            kind="collection", key=row["slug"], content=content, by=desk.editor, starts=OPENED
        )
    for row in source.rows("redirects"):
        to = actions.Destination(UUID(desk.ids[row["article"]]))
        actions.lay_down_redirect(path=row["path"], to=to, by=desk.editor, made_at=OPENED)
