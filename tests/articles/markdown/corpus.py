"""One example of every construct of the grammar, and of what an article looks like: material for the tests here."""

ARTICLE_ID = "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"

CONSTRUCTS = {
    "paragraphs": "One paragraph\nover two lines.\n\nAnother.",
    "hard breaks": "A line\\\nanother  \nand a third",
    "headings": "## Second\n\n### Third\n\n#### Fourth, C#\n",
    "underlined heading": "Two\nlines\n---\n",
    "emphasis": "*one* and **two** and ***both*** and **a *b* c** and *a **b** c* and in*tra*word",
    "emphasis that touches": '**a***b* *a*__b__ **_a_**_b_ *"q"*s',
    "code": "`plain` `` a`b `` ```` `a``` ```` `` ` ``",
    "sub and sup": "H~2~O, x^2^, ~\\~~, ^\\^^ and ~~not struck~~",
    "links": "[one](https://example.org/a_(b)?c=1&copy;=2) <https://example.org> [mail](mailto:a@example.org)",
    "a telephone link": "[call](tel:+1-800-555-0100)",
    "a link to an article": f"[*this* one](article:{ARTICLE_ID})",
    "reference links": "[one][r] and [r]\n\n[r]: https://example.org/r",
    "citations": "First [@b2020, p. 12], then [@a2019; @b2020], again [@a2019].",
    "a citation before signs": "[@a]\\(not a link\\) and [@a]: text ![@a]",
    "footnotes": "One[^x], two[^y], one[^x].\n\n[^y]: Second *text* [@late].\n[^x]: First.\n\n    - a list\n",
    "a footnote in a footnote": "One[^a].\n\n[^a]: See[^b].\n[^b]: There[^a].\n",
    "a footnote that starts with a quote": "One[^a].\n\n[^a]:\n    > quoted\n",
    "tight list": "- a\n- b\n  - c\n    - d\n- e\n",
    "loose list": "- a\n\n  more\n\n- b\n",
    "ordered lists": "3. a\n4. b\n\n<!-- -->\n\n0) c\n",
    "lists that touch": "- a\n\n* b\n\n- c\n\n1. d\n\n1) e\n",
    "lists with blocks": "- ## heading\n- > quote\n- ```\n  code\n  ```\n- ***\n-\n- | a |\n  |---|\n  | b |\n",
    "empty items": "-\n- a\n-\n",
    "a list in a list in a list": "- - - a\n    - b\n",
    "an item that starts late": "- a\n\n  5. five\n\n  6. six\n",
    "quotes": "> one\n>\n> > two\n\n> - three\n",
    "code blocks": "```python\nx = 1\n\n\tif `x`:\n  ```\n```\n\n    indented\n\n~~~\n```\n~~~\n",
    "an empty code block": "```\n```\n",
    "a divider": "a\n\n---\n\nb\n",
    "a table": "| a | b | c |\n|:--|:-:|--:|\n| `x\\|y` | *z* \\| | [@k] |\n| | only | |\n",
    "a callout": '::: callout type=warning title="He said \\"no\\" \\\\ and left"\nText\n\n- list\n:::\n',
    "a claim": '::: claim certainty=very-low population="Adults in primary care" refs=k1,k2\nIt helps [@k2].\n:::\n',
    "a section": ':::: section notes=violence:2,suicide-self-harm:1 summary="A fight."\nText\n::::\n',
    "containers inside containers": (
        "::::: section notes=abuse:3 summary=s\n:::: callout type=tip\n"
        "::: claim certainty=high population=p refs=k\nText\n:::\n::::\n:::::\n"
    ),
    "containers in lists and quotes": "- ::: callout type=note\n  a\n  :::\n\n> ::: callout type=tip\n> b\n> :::\n",
    "code that looks like a fence": ":::: callout type=note\n- ```\n  :::\n  ```\n::::\n",
    "signs that mean nothing": "\\# a \\* b \\_ c \\[d\\] 1\\. \\> \\- e & &amp;amp; \\&amp; < 3 \\<b> \\:\\:\\:",
    "entities": '&nbsp;a&nbsp;b &auml;*"b"* &#35; &copy; &lt;b&gt; a&#32;',
    "lines that start like blocks": "a\\\n\\# b\\\n\\- c\\\n1\\. d\\\n\\> e\\\n\\=\\\n\\| - |\\\n\\::: f",
    "other scripts": "日本語の*文章*です。 עברית **טקסט** é*à*ü “*a*”b",
}

ARTICLE = """\
## What sleep does

Sleep after a frightening event is often *broken*[^1]. Studies disagree on why [@lee2019; @kim2021, p. 4].

::: callout type=tip title="If tonight is hard"
You can stop reading here, and come back.
:::

### What may help

1. A regular time
2. A dark room
   - curtains
   - no screens

:::: section notes=violence:1,death-bereavement:2 summary="One person's nightmares are described."
> I kept dreaming of the crash.

::: claim certainty=low population="Adults after a road crash" refs=kim2021,obi2018
Imagery rehearsal may reduce nightmares.
:::
::::

| Study | People |
|---|--:|
| Lee | 40 |

More in [another article](article:0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee) or at <https://example.org/>.

[^1]: In most surveys.
"""
