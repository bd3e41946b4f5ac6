"""A made-up magazine of any size, for measuring: articles with their past, in English and French.

`laying` writes it by bulk paths that keep every rule of the timeline; replies to it are `comments.scale`.
"""
