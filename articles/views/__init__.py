"""Views by audience: `delivery` for everybody, `editorial` for the desk."""
