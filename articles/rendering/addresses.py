"""Where an article's page is."""


def address_of(template: str, article_id: str, locale: str, slug: str) -> str:
    """The page of a site's frontend when `template` (with {locale}, {slug}, {id}) is set, else this API's own path."""
    if template:
        return template.format(locale=locale, slug=slug, id=article_id)
    return f"/api/v1/articles/{slug}?locale={locale}"
