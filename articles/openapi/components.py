"""The documents of articles, the catalogue and the desk as named components."""

from articles.markdown import BLOCK_COMPONENTS
from articles.openapi.collection_components import COLLECTION_COMPONENTS
from articles.openapi.consent_components import CONSENT_COMPONENTS
from articles.openapi.desk_components import DESK_COMPONENTS
from articles.openapi.diff_components import DIFF_COMPONENTS
from articles.openapi.document_components import DOCUMENT_COMPONENTS
from articles.openapi.preview_components import PREVIEW_COMPONENTS
from articles.openapi.redirect_components import REDIRECT_COMPONENTS
from articles.openapi.release_components import RELEASE_COMPONENTS
from articles.openapi.review_components import REVIEW_COMPONENTS
from articles.openapi.search_components import SEARCH_COMPONENTS
from articles.openapi.suppression_components import SUPPRESSION_COMPONENTS
from articles.openapi.syndication import SYNDICATION_COMPONENTS
from articles.openapi.translation_components import TRANSLATION_COMPONENTS

COMPONENTS = {
    **BLOCK_COMPONENTS,
    **COLLECTION_COMPONENTS,
    **CONSENT_COMPONENTS,
    **DESK_COMPONENTS,
    **DIFF_COMPONENTS,
    **DOCUMENT_COMPONENTS,
    **PREVIEW_COMPONENTS,
    **REDIRECT_COMPONENTS,
    **RELEASE_COMPONENTS,
    **REVIEW_COMPONENTS,
    **SEARCH_COMPONENTS,
    **SUPPRESSION_COMPONENTS,
    **SYNDICATION_COMPONENTS,
    **TRANSLATION_COMPONENTS,
}
