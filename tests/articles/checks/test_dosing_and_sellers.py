"""No amount that somebody could follow, and no way to a seller: both stand before the readers."""

import pytest

from articles.checks.links import is_seller
from tests.articles.checks.texts import codes, found, the


@pytest.mark.parametrize(
    "text",
    [
        "They took 80 mg of MDMA.",
        "MDMA was given twice. The first time it was 80mg.",
        "Psilocybin: 25 MG.",
        "LSD, 100 µg.",
        "LSD, 100 \N{GREEK SMALL LETTER MU}g.",
        "LSD, 100 mcg.",
        "About 3.5 g of dried mushrooms.",
        "La psilocybine, 0,3 mg/kg.",
        "Half a gram of mushrooms.",
        "Two tablets of sertraline.",
        "Trois comprimés de sertraline.",
        "1-2 tabs of LSD.",
        "5 ml of ketamine.",
        "The dose was 25 mg.",
        "Take 10 mg daily.",
        "| substance | amount |\n|---|---|\n| MDMA | 80 mg |",
        "**MDMA** at *80* mg",
    ],
)
def test_an_amount_beside_a_substance_blocks(text: str) -> None:
    finding = the("dosing", text)
    assert finding.severity == "error"
    assert not any(sign.isdigit() for sign in finding.message)


@pytest.mark.parametrize(
    "text",
    [
        "With MDMA systolic pressure rose above 160 mmHg, the temperature above 38 °C.",
        "In 166 volunteers MDMA raised the pulse above 100 beats a minute.",
        "A bowl holds 30 g of oats.",
        "MDMA was studied in 104 people.\n\nA glass holds 200 ml of water.",
        "The level of MDMA in the blood was 5 µg/l.",
        "Schedule 8 for MDMA, Schedule 9 for psilocybine.",
        "COMP005 and COMP006 tested psilocybin.",
        "The capsule of psilocybin was swallowed.",
        "Psilocybin [@smith2020, p. 12] and mg without a number.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert "dosing" not in codes(text)


def test_an_amount_far_from_any_name_is_none() -> None:
    assert "dosing" not in codes(f"MDMA was studied. {'So it went on. ' * 20} A letter weighs 20 g.")


def test_a_dose_in_a_summary_is_found_there() -> None:
    assert the("dosing", summary="What 80 mg of MDMA did.").location == "/summary"


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/shop/mdma",
        "https://example.com/products/psilocybin-truffles",
        "https://example.com/cart?item=lsd",
        "https://buy-mdma.example/",
        "https://mdmashop.example/start",
        "https://www.buymdmaonline.example",
        "https://example.com/buy-mdma-online",
        "https://example.com/mdma-for-sale",
        "https://example.com/acheter-psilocybine",
        "https://example.fr/boutique/champignons",
        "HTTPS://EXAMPLE.COM/Order/Ketamine",
        "https://shop.example/psychedelics",
    ],
)
def test_a_shop_of_substances_is_a_seller(href: str) -> None:
    assert is_seller(href)
    assert the("seller_link", f"Read\nmore [there]({href}).").severity == "error"


@pytest.mark.parametrize(
    "href",
    [
        "https://news.example/2024/why-people-buy-mdma-online-and-what-police-say",
        "https://gazette.example/order-amending-the-schedule-psilocybin",
        "https://store.samhsa.gov/product/preventing-cannabis-use",
        "https://bookshop.example/shop/poetry",
        "https://example.com/shop/lavender-soap",
        "https://example.com/mdma-assisted-therapy",
        "https://doi.org/10.1038/s41591-021-01336-3",
        "https://press.uni.ac.uk/shop/psilocybin-a-history",
        "mailto:editor@example.org",
        "tel:+15550100",
        "https://[broken/shop/mdma",
    ],
)
def test_what_only_speaks_of_substances_or_only_sells_is_none(href: str) -> None:
    assert not is_seller(href)


def test_a_seller_is_found_on_its_line() -> None:
    finding = the("seller_link", "One.\n\nSee [this](https://example.com/shop/mdma).\n")
    assert (finding.location, finding.line) == ("/body_markdown", 3)


def test_the_words_of_an_address_are_not_read_as_the_text() -> None:
    assert found("See [a page](https://example.org/mdma-80-mg-miracle).") == []
