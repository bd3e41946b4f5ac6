"""The read language: adjectives that chain. `public` for what readers may see, `queue` for moderators."""
