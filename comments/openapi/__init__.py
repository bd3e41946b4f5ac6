"""How replies are documented: component schemas written by hand, and decorations for the views of each audience."""

from comments.openapi.components import COMPONENTS as OF_REPLIES
from comments.openapi.desk_components import COMPONENTS as OF_THE_DESK

COMPONENTS = OF_REPLIES | OF_THE_DESK

__all__ = ["COMPONENTS"]
