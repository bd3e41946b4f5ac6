"""Checks of hostile texts: the longest that is taken is read to its end, and answers stay of a bearable size."""

from dataclasses import replace

import pytest

from articles.checks import CHECKS, MOST_OF_A_CODE, findings
from articles.checks.links import is_seller
from articles.markdown import MAX_LENGTH
from tests.articles.checks.texts import examined, found

PATTERNS = (
    "](",
    "[@",
    "[@a](",
    "`",
    "http://",
    "refs=",
    'refs="',
    "1.1,",
    "mg/",
    "25 mg MDMA ",
    "suicide hanging ",
    "committed ",
    "no cure ",
    "grenade ",
    "\u00ad",
    "\u0301",
    ":::\n",
    "::: section notes=abuse:1\n",
    "\n ",
    "# \n",
    "[a](article:01890a5d-ac96-774b-bcce-b302099a8057) ",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_longest_text_is_read_whatever_it_is(pattern: str) -> None:
    plain = examined()
    longest = pattern * (MAX_LENGTH // len(pattern))
    hostile = replace(plain, content={**plain.content, "body_markdown": longest})
    told = findings(hostile)
    assert len(told) <= len(CHECKS) * (MOST_OF_A_CODE + 1)


@pytest.mark.parametrize(
    "href",
    [
        "https://" + "a-" * 100_000,
        "https://x/" + "buymdma-" * 20_000 + "?&&",
        "https://x/" + "shop/" * 40_000,
    ],
)
def test_the_longest_address_is_judged(href: str) -> None:
    assert is_seller(href) in (True, False)


def test_of_one_code_only_so_many_are_listed_and_the_rest_is_mentioned() -> None:
    told = found("A miracle.\n\n" * (MOST_OF_A_CODE + 30))
    assert sum(finding.code == "promise" for finding in told) == MOST_OF_A_CODE
    assert sum(finding.code == "more_findings" for finding in told) == 1


def test_errors_come_first() -> None:
    told = found("An addict. A miracle. 80 mg of MDMA.")
    assert [finding.severity for finding in told] == ["error", "warning", "advice"]


def test_every_check_is_in_the_list_once() -> None:
    assert len(CHECKS) == len(set(CHECKS))
