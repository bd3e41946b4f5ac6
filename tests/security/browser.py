"""A real Chromium that notices whatever a page runs, is refused, or asks of somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_WATCH = """
document.addEventListener('securitypolicyviolation', event => {
    console.error('VIOLATION ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
"""


@dataclass
class Watched:
    """A page, and what went wrong in it since it was opened."""

    page: Page
    home: str
    incidents: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        self.page.goto(self.home + address, wait_until="load")
        self._poke()

    def show(self, html: str) -> None:
        """The HTML as a document of its own, with no policy at all: what a careless frontend would make of it."""
        self.page.set_content(html, wait_until="load")
        self._poke()

    def _poke(self) -> None:
        """What runs on focus, pointer or toggle runs now; links are not followed, for some lead away by intent."""
        self.page.evaluate(
            """() => { for (const element of document.querySelectorAll('*')) {
                for (const name of ['focus', 'mouseover', 'toggle', 'animationstart', 'error', 'load']) {
                    element.dispatchEvent(new Event(name));
                }
            } }"""
        )


@contextmanager
def watched(home: str = "", cookies: dict[str, str] | None = None) -> Iterator[Watched]:
    """A fresh browser. Raises playwright's own error when the machine has no Chromium: that is never passed over."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context: BrowserContext = browser.new_context()
        if cookies:
            context.add_cookies(
                [{"name": name, "value": value, "url": home} for name, value in cookies.items()]
            )
        context.add_init_script(_WATCH)
        yield _watching(context.new_page(), home)
        browser.close()


def _watching(page: Page, home: str) -> Watched:
    found = Watched(page, home)

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(home).netloc and request.url != "about:blank":
            found.incidents.append(f"asked for {request.url[:200]} on {page.url[:200]}")

    def said(message: object) -> None:
        text = str(getattr(message, "text", message))
        if "VIOLATION" in text or "Content Security Policy" in text:
            found.incidents.append(f"{text[:300]} on {page.url[:200]}")

    def alerted(dialog: object) -> None:
        found.incidents.append(f"dialog on {page.url[:200]}")
        dialog.dismiss()  # type: ignore[attr-defined]  # playwright's dialog

    page.on("request", asked)
    page.on("console", said)
    page.on("dialog", alerted)
    return found
