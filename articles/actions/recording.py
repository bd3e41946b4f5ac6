"""What the world is told of a row: one change, due when the row begins, with the cache tags it touches."""

from articles.models import Publication
from cms import changes


def announce(row: Publication, before: Publication | None) -> None:
    """Note the change that readers will see when `row` begins. Whoever first needs the log then moves it in."""
    changes.schedule(
        due_at=row.effective_from,
        publication_id=row.pk,
        type=change_type(row, before),
        subject=row.article_id,
        article_id=row.article_id,
        version=row.version,
        cache_tags=sorted(cache_tags(row) | (cache_tags(before) if before else set())),
    )


def change_type(row: Publication, before: Publication | None) -> str:
    if row.update_type == "rerender":
        return "article.rerendered"
    if row.state != "live":
        return f"article.{row.state}"
    if before is None or before.state == "gone":
        return "article.published"
    if row.slug != before.slug:
        return "article.moved"
    return "article.updated"


def cache_tags(row: Publication) -> set[str]:
    """`article-{id}`, `list-{locale}`, and one tag for each topic and person the row shows."""
    tags = {f"article-{row.article_id}", f"list-{row.locale}"}
    tags |= {f"topic-{topic_id}" for topic_id in row.topic_rows.values_list("topic_id", flat=True)}
    tags |= {f"person-{person_id}" for person_id in row.person_rows.values_list("person_id", flat=True)}
    return tags
