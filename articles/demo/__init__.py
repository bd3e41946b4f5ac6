"""The demonstration magazine: its content, and the loader that lays it down with its past.

Replies to its articles are `comments.demo`'s. Nothing outside the loaders and their commands imports this.
"""
