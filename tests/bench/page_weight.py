"""What a phone loads to read a lesson (W7): requests, bytes, and how long it takes on a slow line, in real Chromium."""

import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50 * 1024, "uploadThroughput": 50 * 1024}
SLOWER_PROCESSOR = 4
TIMES = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  return {paint: paint ? paint.startTime : 0, ready: page.domContentLoadedEventEnd};
}"""


@dataclass(frozen=True)
class Weight:
    requests: int
    bytes: int
    paint: float  # seconds until text is there
    ready: float  # seconds until the page listens


def weigh(address: str, path: str, *, slow: bool) -> tuple[Weight, Weight]:
    """The page in a fresh browser, and once more with what it has kept."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            return _twice(browser, address + path, slow=slow)
        finally:
            browser.close()


def _twice(browser: Browser, address: str, *, slow: bool) -> tuple[Weight, Weight]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    return _once(page, session, address), _once(page, session, address)


def _once(page: Page, session: CDPSession, address: str) -> Weight:
    loaded: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        loaded.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    session.remove_listener("Network.loadingFinished", finished)
    times = page.evaluate(TIMES)
    from_net = [size for size in loaded if size > 0]
    return Weight(len(from_net), int(sum(from_net)), times["paint"] / 1000, times["ready"] / 1000)
