"""How replies are documented: component schemas written by hand, and decorations for the views of each audience."""

from comments.openapi.components import COMPONENTS

__all__ = ["COMPONENTS"]
