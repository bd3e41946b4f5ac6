"""How the articles app is described in `openapi.yaml`: components by hand, and one named decoration a view."""
