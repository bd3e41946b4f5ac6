"""Who may do what where: one line for each method of each address. An address without a line fails the suite.

`through` are the callers who get past the door, whatever the answer then is; for everybody else the answer is 401
(nobody), 403 (visible, forbidden) or 404 (invisible), as `closed` and `hidden` say.
"""

from dataclasses import dataclass, field

PEOPLE = ("author", "author2", "editor", "reviewer", "moderator", "administrator")
TOKENS = ("reading", "writing", "cataloguing", "moderating", "answering", "relaying")
"""Tokens of the administrator, each narrowed to one scope."""
CALLERS = ("nobody", "stranger", *PEOPLE, "unnarrowed", *TOKENS, "replier")
"""`stranger` has no role; `unnarrowed` is a token of the administrator without scopes; `replier` wrote the reply."""

EVERYBODY = frozenset(CALLERS)
SIGNED_IN = EVERYBODY - {"nobody", "replier"}
DESK = frozenset({"author", "editor", "reviewer", "administrator", "unnarrowed", "reading"})
CATALOGUE = DESK | {"author2", "moderator"}
ANY_AUTHOR = frozenset({"author2"})
WRITERS = frozenset({"author", "editor", "administrator", "unnarrowed", "writing"})
REVIEWERS = frozenset({"reviewer", "administrator", "unnarrowed", "writing"})
PUBLISHERS = frozenset({"editor", "administrator", "unnarrowed", "writing"})
CATALOGUERS = frozenset({"editor", "administrator", "unnarrowed", "cataloguing"})
MODERATORS = frozenset({"moderator", "administrator", "unnarrowed", "moderating"})
ANSWERERS = frozenset({"author", "editor", "moderator", "administrator", "unnarrowed", "answering"})
OF_THEIR_OWN = frozenset({*PEOPLE, "unnarrowed"})


@dataclass(frozen=True)
class Rule:
    """`hidden`: for them it is not there. `unknown`: their credentials are of another kind, and no use here."""

    through: frozenset[str]
    hidden: frozenset[str] = field(default=frozenset())
    unknown: frozenset[str] = field(default=frozenset({"nobody", "replier"}))

    def expected(self, caller: str) -> int | None:
        """The status for a caller; None for one who gets through."""
        if caller in self.through:
            return None
        return 401 if caller in self.unknown else 404 if caller in self.hidden else 403


PUBLIC = Rule(EVERYBODY)
READ, WRITE = Rule(DESK, ANY_AUTHOR), Rule(WRITERS, ANY_AUTHOR)
ENTRY_READ, ENTRY_WRITE = Rule(CATALOGUE), Rule(CATALOGUERS)
PUBLISH = Rule(PUBLISHERS)
RELEASES = Rule(frozenset({"editor", "reviewer", "administrator", "unnarrowed", "reading"}))
NOT_ASKED_FOR = Rule(frozenset(), hidden=EVERYBODY, unknown=frozenset())
"""What this site has not switched on is there for nobody."""
MODERATE = Rule(MODERATORS)
ANSWER = Rule(ANSWERERS, ANY_AUTHOR)
OWN_REPLY = Rule(frozenset({"replier"}), unknown=EVERYBODY - {"replier"})

_V1 = "api/v1/"
_ARTICLE = f"{_V1}editorial/articles/<uuid:article_id>"
_RELEASE = f"{_V1}editorial/releases/<uuid:release_id>"
_REPLY = f"{_V1}editorial/comments/<uuid:comment_id>"

RULES: dict[tuple[str, str], Rule] = {
    # the service itself
    ("GET", ""): PUBLIC,
    ("GET", "healthz"): PUBLIC,
    ("GET", "readyz"): PUBLIC,
    ("GET", ".well-known/api-catalog"): PUBLIC,
    ("GET", ".well-known/security.txt"): PUBLIC,
    ("GET", "sign-in"): PUBLIC,
    ("POST", "sign-in"): PUBLIC,
    ("POST", "sign-out"): PUBLIC,
    ("GET", "api/schema"): PUBLIC,
    ("GET", "api/docs"): PUBLIC,
    ("GET", "api/docs/problems"): PUBLIC,
    ("GET", _V1): PUBLIC,
    ("GET", f"{_V1}site"): PUBLIC,
    # delivery
    ("GET", f"{_V1}articles"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>/versions"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>/versions/<int:number>"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>/timegate"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>/diff"): PUBLIC,
    ("GET", f"{_V1}articles/<str:slug>/comments"): PUBLIC,
    ("GET", f"{_V1}comments/<uuid:comment_id>"): PUBLIC,
    ("GET", f"{_V1}topics"): PUBLIC,
    ("GET", f"{_V1}topics/<str:key>"): PUBLIC,
    ("GET", f"{_V1}people"): PUBLIC,
    ("GET", f"{_V1}people/<str:key>"): PUBLIC,
    ("GET", f"{_V1}references"): PUBLIC,
    ("GET", f"{_V1}references/<str:key>"): PUBLIC,
    ("GET", f"{_V1}manifest"): PUBLIC,
    ("GET", f"{_V1}changes"): PUBLIC,
    ("GET", f"{_V1}feeds/articles.atom"): PUBLIC,
    ("GET", f"{_V1}feeds/articles.json"): PUBLIC,
    ("GET", f"{_V1}sitemap.xml"): PUBLIC,
    ("GET", f"{_V1}helplines"): PUBLIC,
    ("GET", f"{_V1}legal-statuses"): PUBLIC,
    ("GET", f"{_V1}collections"): PUBLIC,
    ("GET", f"{_V1}collections/<str:key>"): PUBLIC,
    ("GET", f"{_V1}redirects"): PUBLIC,
    ("GET", f"{_V1}resolve"): PUBLIC,
    ("GET", f"{_V1}search"): PUBLIC,
    # whoever writes a reply
    ("GET", f"{_V1}articles/<str:slug>/comment-form"): PUBLIC,
    ("POST", f"{_V1}form-tokens"): PUBLIC,
    ("GET", f"{_V1}form-tokens/challenge"): NOT_ASKED_FOR,
    ("POST", f"{_V1}articles/<str:slug>/comments"): PUBLIC,
    ("GET", f"{_V1}my/comments/<uuid:comment_id>"): OWN_REPLY,
    ("POST", f"{_V1}comments/<uuid:comment_id>/reports"): PUBLIC,
    ("PATCH", f"{_V1}my/comments/<uuid:comment_id>"): OWN_REPLY,
    ("POST", f"{_V1}my/comments/<uuid:comment_id>/appeals"): OWN_REPLY,
    ("DELETE", f"{_V1}my/comments/<uuid:comment_id>"): OWN_REPLY,
    ("GET", f"{_V1}comments/<uuid:comment_id>/page"): PUBLIC,
    ("POST", f"{_V1}contact-requests"): PUBLIC,
    ("GET", f"{_V1}contact-links/<str:token>"): PUBLIC,
    ("POST", f"{_V1}contact-links/<str:token>"): PUBLIC,
    ("GET", f"{_V1}confirmations/<str:token>"): PUBLIC,
    ("POST", f"{_V1}confirmations/<str:token>"): PUBLIC,
    ("GET", f"{_V1}unsubscribe/<str:token>"): PUBLIC,
    ("POST", f"{_V1}unsubscribe/<str:token>"): PUBLIC,
    # one's own
    ("GET", f"{_V1}editorial/me"): Rule(SIGNED_IN),
    ("GET", f"{_V1}editorial/site"): Rule(OF_THEIR_OWN),
    ("PATCH", f"{_V1}editorial/site"): Rule(frozenset({"editor", "administrator", "unnarrowed"})),
    ("GET", f"{_V1}editorial/tokens"): Rule(OF_THEIR_OWN),
    ("POST", f"{_V1}editorial/tokens"): Rule(frozenset(PEOPLE)),
    ("GET", f"{_V1}editorial/tokens/<uuid:id>"): Rule(
        frozenset({"administrator", "unnarrowed"}), hidden=OF_THEIR_OWN
    ),
    ("DELETE", f"{_V1}editorial/tokens/<uuid:id>"): Rule(
        frozenset({"administrator", "unnarrowed"}), hidden=OF_THEIR_OWN
    ),
    # the desk
    ("GET", f"{_V1}editorial/articles"): Rule(DESK | ANY_AUTHOR),
    ("POST", f"{_V1}editorial/articles"): Rule(WRITERS | ANY_AUTHOR),
    ("GET", _ARTICLE): READ,
    ("PATCH", _ARTICLE): WRITE,
    ("DELETE", _ARTICLE): WRITE,
    ("GET", f"{_ARTICLE}/revisions"): READ,
    ("GET", f"{_ARTICLE}/revisions/<int:number>"): READ,
    ("GET", f"{_ARTICLE}/diff"): READ,
    ("GET", f"{_ARTICLE}/timeline"): READ,
    ("GET", f"{_ARTICLE}/checks"): READ,
    ("GET", f"{_ARTICLE}/review-requests"): READ,
    ("POST", f"{_ARTICLE}/review-requests"): WRITE,
    ("GET", f"{_ARTICLE}/review-requests/<uuid:request_id>"): READ,
    ("DELETE", f"{_ARTICLE}/review-requests/<uuid:request_id>"): WRITE,
    ("GET", f"{_ARTICLE}/reviews"): READ,
    ("POST", f"{_ARTICLE}/reviews"): Rule(REVIEWERS),
    ("GET", f"{_ARTICLE}/publications"): READ,
    ("POST", f"{_ARTICLE}/publications"): PUBLISH,
    ("PATCH", f"{_ARTICLE}/publications/<uuid:publication_id>"): PUBLISH,
    ("DELETE", f"{_ARTICLE}/publications/<uuid:publication_id>"): PUBLISH,
    ("POST", f"{_ARTICLE}/take-down"): PUBLISH,
    ("POST", f"{_ARTICLE}/publications/<uuid:publication_id>/suppress"): PUBLISH,
    ("GET", f"{_ARTICLE}/suppressions"): PUBLISH,
    ("GET", f"{_ARTICLE}/suppressions/<uuid:suppression_id>"): PUBLISH,
    ("DELETE", f"{_ARTICLE}/suppressions/<uuid:suppression_id>"): PUBLISH,
    ("POST", f"{_ARTICLE}/suppressions/<uuid:suppression_id>/confirm"): PUBLISH,
    ("GET", f"{_V1}editorial/suppressions"): PUBLISH,
    ("POST", f"{_ARTICLE}/purge"): Rule(frozenset({"administrator", "unnarrowed"})),
    ("POST", f"{_ARTICLE}/restore"): WRITE,
    ("POST", f"{_ARTICLE}/duplicate"): WRITE,
    ("POST", f"{_ARTICLE}/translate"): WRITE,
    ("GET", f"{_ARTICLE}/consents"): PUBLISH,
    ("POST", f"{_ARTICLE}/consents"): PUBLISH,
    ("POST", f"{_ARTICLE}/consents/<uuid:consent_id>/withdraw"): PUBLISH,
    ("GET", f"{_ARTICLE}/autosave"): WRITE,
    ("PUT", f"{_ARTICLE}/autosave"): WRITE,
    ("DELETE", f"{_ARTICLE}/autosave"): WRITE,
    ("GET", f"{_ARTICLE}/comments"): ANSWER,
    ("POST", f"{_ARTICLE}/comments"): ANSWER,
    # releases
    ("GET", f"{_V1}editorial/releases"): RELEASES,
    ("POST", f"{_V1}editorial/releases"): PUBLISH,
    ("GET", _RELEASE): RELEASES,
    ("PATCH", _RELEASE): PUBLISH,
    ("DELETE", _RELEASE): PUBLISH,
    ("GET", f"{_RELEASE}/dry-run"): RELEASES,
    ("POST", f"{_RELEASE}/schedule"): PUBLISH,
    ("POST", f"{_RELEASE}/cancel"): PUBLISH,
    ("POST", f"{_RELEASE}/rollback"): PUBLISH,
    ("POST", f"{_V1}editorial/preview-markdown"): Rule(DESK | ANY_AUTHOR),
    ("GET", f"{_V1}editorial/audit"): Rule(frozenset({"administrator", "unnarrowed"})),
    ("GET", f"{_V1}editorial/mail"): Rule(frozenset({"administrator", "unnarrowed"})),
    # moderation
    ("GET", f"{_V1}editorial/comments"): MODERATE,
    ("GET", _REPLY): MODERATE,
    ("POST", f"{_REPLY}/mute-author"): MODERATE,
    ("GET", f"{_REPLY}/versions"): MODERATE,
    ("GET", f"{_REPLY}/author-block"): MODERATE,
    ("PUT", f"{_REPLY}/author-block"): MODERATE,
    ("DELETE", f"{_REPLY}/author-block"): MODERATE,
    ("GET", f"{_REPLY}/decisions"): MODERATE,
    ("POST", f"{_REPLY}/decisions"): MODERATE,
    ("POST", f"{_REPLY}/author/export"): Rule(frozenset({"administrator", "unnarrowed"})),
    ("POST", f"{_REPLY}/author/erasure"): Rule(frozenset({"administrator", "unnarrowed"})),
    ("POST", f"{_REPLY}/decisions/<uuid:decision_id>/undo"): MODERATE,
    ("PUT", f"{_REPLY}/labels"): MODERATE,
    ("POST", f"{_V1}editorial/comments/decisions"): MODERATE,
    ("GET", f"{_V1}editorial/me/exposure"): MODERATE,
    ("GET", f"{_V1}editorial/me/preferences"): MODERATE,
    ("PATCH", f"{_V1}editorial/me/preferences"): MODERATE,
    ("POST", f"{_REPLY}/claim"): MODERATE,
    ("POST", f"{_REPLY}/release"): MODERATE,
    ("POST", f"{_V1}editorial/comments/next"): MODERATE,
    ("GET", f"{_V1}editorial/comments/waits"): MODERATE,
    ("POST", f"{_REPLY}/redactions"): MODERATE,
    ("POST", f"{_REPLY}/names-nobody"): MODERATE,
    ("GET", f"{_V1}editorial/comments/escalations"): MODERATE,
    ("GET", f"{_V1}editorial/comments/reports"): MODERATE,
    ("GET", f"{_REPLY}/escalations"): MODERATE,
    ("POST", f"{_REPLY}/escalations"): MODERATE,
    ("GET", f"{_REPLY}/escalations/<uuid:escalation_id>"): MODERATE,
    ("PATCH", f"{_REPLY}/escalations/<uuid:escalation_id>"): MODERATE,
    ("GET", f"{_REPLY}/messages"): MODERATE,
    ("POST", f"{_REPLY}/messages"): MODERATE,
    ("GET", f"{_REPLY}/appeals"): MODERATE,
    ("GET", f"{_REPLY}/reports"): MODERATE,
}

_COLLECTION = f"{_V1}editorial/collections/<uuid:item_id>"
RULES |= {
    ("GET", f"{_COLLECTION}/versions"): ENTRY_READ,
    ("GET", f"{_COLLECTION}/versions/<int:number>"): ENTRY_READ,
    ("PATCH", f"{_COLLECTION}/versions/<int:number>"): ENTRY_WRITE,
    ("DELETE", f"{_COLLECTION}/versions/<int:number>"): ENTRY_WRITE,
    ("GET", f"{_V1}editorial/redirects"): ENTRY_READ,
    ("POST", f"{_V1}editorial/redirects"): ENTRY_WRITE,
    ("GET", f"{_V1}editorial/redirects/<uuid:redirect_id>"): ENTRY_READ,
    ("PATCH", f"{_V1}editorial/redirects/<uuid:redirect_id>"): ENTRY_WRITE,
    ("DELETE", f"{_V1}editorial/redirects/<uuid:redirect_id>"): ENTRY_WRITE,
}

for _noun in ("topics", "people", "references", "helplines", "legal-statuses", "collections"):
    RULES |= {
        ("GET", f"{_V1}editorial/{_noun}"): ENTRY_READ,
        ("POST", f"{_V1}editorial/{_noun}"): ENTRY_WRITE,
        ("GET", f"{_V1}editorial/{_noun}/<uuid:item_id>"): ENTRY_READ,
        ("PATCH", f"{_V1}editorial/{_noun}/<uuid:item_id>"): ENTRY_WRITE,
        ("DELETE", f"{_V1}editorial/{_noun}/<uuid:item_id>"): ENTRY_WRITE,
    }

PREVIEW = Rule(DESK | ANY_AUTHOR)
"""Of an article that is public; what an author may not see is as it is for readers."""
for _noun in ("articles", "topics", "people", "references", "collections"):
    _name = "slug" if _noun == "articles" else "key"
    RULES |= {
        ("GET", f"{_V1}preview/{_noun}"): PREVIEW,
        ("GET", f"{_V1}preview/{_noun}/<str:{_name}>"): PREVIEW,
    }
_LINK = "preview-links/<uuid:link_id>"
RULES |= {
    ("GET", f"{_V1}preview/helplines"): PREVIEW,
    ("GET", f"{_V1}preview/legal-statuses"): PREVIEW,
    ("GET", f"{_V1}editorial/preview-links"): Rule(WRITERS | ANY_AUTHOR),
    ("POST", f"{_V1}editorial/preview-links"): Rule(WRITERS | ANY_AUTHOR),
    ("GET", f"{_V1}editorial/{_LINK}"): WRITE,
    ("DELETE", f"{_V1}editorial/{_LINK}"): WRITE,
    ("GET", f"{_ARTICLE}/preview-links"): WRITE,
    ("POST", f"{_ARTICLE}/preview-links"): WRITE,
    ("GET", f"{_ARTICLE}/{_LINK}"): WRITE,
    ("DELETE", f"{_ARTICLE}/{_LINK}"): WRITE,
}

METHODS_WITHOUT_CLASS = {
    # function views and Django's own: what they answer, since they do not say so themselves
    "": ("GET",),
    ".well-known/api-catalog": ("GET",),
    ".well-known/security.txt": ("GET",),
    "sign-in": ("GET", "POST"),
    "sign-out": ("POST",),
    "api/docs/problems": ("GET",),
}
