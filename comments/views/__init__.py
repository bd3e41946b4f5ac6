"""The views of replies by audience: `delivery` for readers, `author` for who writes, `editorial` for moderators."""
