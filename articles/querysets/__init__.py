"""The read language: adjectives that chain. `public` for what is or was published, `editorial` for the desk."""
