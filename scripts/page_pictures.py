"""Take the README's pictures of the page in a browser and of its report, in both languages.

Needs what `tests/test_page_browser.py` needs.
"""

import tempfile
from pathlib import Path
from typing import Any

from graders.page.writing import write_page
from graders.session import load_materials
from scripts.pictures import PICTURES, SAMPLE
from tests.test_page_browser import DONE, PYODIDE, browsing, is_ready, served, until

WIDTH, HEIGHT = 1000, 1180
REPORT_HEIGHT = 1760


def take(page: Any, name: str, height: int) -> None:
    """Save what the window shows from its top on."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=str(PICTURES / name))
    print(f"docs/pictures/{name}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        write_page(load_materials("backprop"), Path(folder), "en", PYODIDE)
        with served(Path(folder)) as address, browsing(Path(profile)) as context:
            page = context.new_page()
            page.goto(address)
            is_ready(page)
            page.fill("#editor", SAMPLE.read_text(encoding="utf-8"))
            page.click("#check")
            until(page, DONE)
            for lang, ending in (("zh", ".zh.png"), ("en", ".png")):
                page.select_option("#language", lang)
                until(
                    page,
                    f"document.getElementById('report').contentDocument?.documentElement?.lang.startsWith('{lang}')",
                )
                take(page, f"page{ending}", HEIGHT)
                (Path(folder) / "report.html").write_text(page.evaluate("shown.page"), encoding="utf-8")
                alone = context.new_page()
                alone.goto(f"{address}report.html")
                take(alone, f"report{ending}", REPORT_HEIGHT)
                alone.close()
