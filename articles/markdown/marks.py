"""Inline rules that CommonMark lacks: citations, footnote marks, subscript and superscript.

Every pattern is bounded, so that a hostile text costs time in proportion to its length. Citations and footnote
marks are not read while markdown-it looks silently for the end of a link's text: there they would count as links
inside a link, and the link would be lost; read afterwards, they can be reported.
"""

import re

from markdown_it.rules_inline import StateInline

KEY = r"[A-Za-z0-9](?:[A-Za-z0-9_:.+-]{0,98}[A-Za-z0-9])?"
_ITEM = rf"@({KEY})(?:,[ \t\n]*([^\s;\[\]@\\`<][^;\[\]@\\`<]{{0,99}}))?"
_CITATION = re.compile(rf"\[{_ITEM}(?:;[ \t\n]*{_ITEM}){{0,31}}[ \t\n]*\]")
_CITED = re.compile(_ITEM)
_FOOTNOTE = re.compile(r"\[\^([^\s\[\]^\\`<]{1,64})\]")
_SCRIPTS = {
    "~": re.compile(r"~((?:[^\s~\\]|\\[!-/:-@\[-`{-~]){1,64})~"),
    "^": re.compile(r"\^((?:[^\s^\\]|\\[!-/:-@\[-`{-~]){1,64})\^"),
}
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
SCRIPT_TYPES = {"~": "sub", "^": "sup"}


def citation(state: StateInline, silent: bool) -> bool:
    """Read `[@key]`, `[@key, p. 12]`, `[@one; @two]` into a token whose meta holds (key, locator) pairs."""
    match = None if silent else _CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    token = state.push("citation", "", 0)
    token.content = match[0]
    token.meta = {"items": [(key, " ".join(where.split())) for key, where in _CITED.findall(match[0])]}
    state.pos = match.end()
    return True


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """Read `[^label]`, defined or not: whether it is defined is known only when all blocks are read."""
    match = None if silent else _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    token = state.push("footnote_mark", "", 0)
    token.content = match[0]
    token.meta = {"label": match[1]}
    state.pos = match.end()
    return True


def script(state: StateInline, silent: bool) -> bool:
    """Read `~sub~` and `^sup^`; a run of two or more marks is plain text, so `~~struck~~` stays as typed."""
    marker = state.src[state.pos]
    run = state.pos + 1
    while run < state.posMax and state.src[run] == marker:
        run += 1
    if run - state.pos > 1:
        if not silent:
            state.append_pending(state.src[state.pos : run])
        state.pos = run
        return True
    match = _SCRIPTS[marker].match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push(SCRIPT_TYPES[marker], "", 0).content = _ESCAPE.sub(r"\1", match[1])
    state.pos = match.end()
    return True
