"""The documents of articles, the catalogue and the desk as named components."""

from articles.markdown import BLOCK_COMPONENTS
from articles.openapi.desk_components import DESK_COMPONENTS
from articles.openapi.diff_components import DIFF_COMPONENTS
from articles.openapi.document_components import DOCUMENT_COMPONENTS

COMPONENTS = {**BLOCK_COMPONENTS, **DOCUMENT_COMPONENTS, **DESK_COMPONENTS, **DIFF_COMPONENTS}
