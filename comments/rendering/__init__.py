"""Pure functions from what is stored to what is answered: Markdown to HTML, rows to the documents of each audience."""
