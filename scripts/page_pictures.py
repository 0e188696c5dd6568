"""Take the documents' pictures in a browser: the page and its report in both languages, and a class at a glance.

Needs what `tests/test_page_browser.py` needs.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.batch import SAMPLES
from benchmarks.feedback import samples
from graders.page.writing import write_page
from graders.session import load_materials
from scripts.pictures import PICTURES, ROOT, SAMPLE
from tests.test_page_browser import DONE, PYODIDE, browsing, is_ready, served, until

WIDTH, HEIGHT = 1000, 1180
REPORT_HEIGHT = 1760
ABSENT = ("s201", "s202", "s203")


def take(page: Any, name: str, height: int) -> None:
    """Save what the window shows from its top on."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=str(PICTURES / name))
    print(f"docs/pictures/{name}")


def write_class(folder: Path) -> Path:
    """Grade every tenth sample as a class, some of which handed nothing in, and return its folder of results."""
    (folder / "in").mkdir()
    students = []
    for number, name in enumerate(samples(quick=True), 101):
        students.append(f"s{number}")
        shutil.copy(SAMPLES / name, folder / "in" / f"s{number}{Path(name).suffix}")
    roster = folder / "roster.csv"
    roster.write_text("\n".join(["id", *students, *ABSENT]), encoding="utf-8")
    command = [sys.executable, str(ROOT / "grade.py"), str(folder / "in"), "-o", str(folder / "out"), "--lang", "en"]
    subprocess.run([*command, "--format", "html", "--roster", str(roster), "--quiet"], check=True)
    return folder / "out"


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
            write_class(Path(folder))
            page.goto(f"{address}out/index.html")
            take(page, "class.png", HEIGHT)
