"""Take the README's pictures of the page in a browser: `docs/pictures/page.png` and `page.zh.png`.

Needs what `tests/test_page_browser.py` needs.
"""

import tempfile
from pathlib import Path

from graders.page.writing import write_page
from graders.session import load_materials
from scripts.pictures import PICTURES, SAMPLE
from tests.test_page_browser import DONE, PYODIDE, browsing, is_ready, served, until

WIDTH, HEIGHT = 1000, 1180

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        write_page(load_materials("backprop"), Path(folder), "en", PYODIDE)
        with served(Path(folder)) as address, browsing(Path(profile)) as context:
            page = context.new_page()
            page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            page.goto(address)
            is_ready(page)
            page.fill("#editor", SAMPLE.read_text(encoding="utf-8"))
            page.click("#check")
            until(page, DONE)
            for lang, name in (("zh", "page.zh.png"), ("en", "page.png")):
                page.select_option("#language", lang)
                until(
                    page,
                    f"document.getElementById('report').contentDocument?.documentElement.lang.startsWith('{lang}')",
                )
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=str(PICTURES / name))
                print(f"docs/pictures/{name}")
