"""A large class with hopeless hand-ins, killed again and again: in the end the same bytes as of one undisturbed run."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sandboxes import need_kernel_sandbox

ROOT = Path(__file__).parent.parent
RIGHT = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
SIZE = 2000
HOPELESS = (
    "while True: pass\n",
    "import time\nwhile True: time.sleep(60)\n",
    "x = []\nwhile True: x.append(bytearray(10**7))\n",
    "while True: print('x' * 1000)\n",
)


def make_class(folder: Path) -> None:
    folder.mkdir()
    for number in range(SIZE):
        source = f"{RIGHT}# {number}\n"
        if number % 10 == 1:
            source = source.replace("target - output", "output - target")
        if number % 100 == 7:
            source = f"# {number}\n{HOPELESS[number // 100 % len(HOPELESS)]}"
        (folder / f"s{number:04}.py").write_text(source, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_a_large_class_killed_ten_times_ends_with_the_same_bytes(tmp_path: Path) -> None:
    need_kernel_sandbox()
    make_class(tmp_path / "in")
    command = [sys.executable, str(ROOT / "grade.py"), str(tmp_path / "in"), "--cases", "10", "--quiet", "--jobs", "2"]
    subprocess.run([*command, "-o", str(tmp_path / "calm")], check=True, capture_output=True)
    chance = random.Random(8)
    killed = 0
    for _ in range(10):
        with subprocess.Popen([*command, "-o", str(tmp_path / "killed")], stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=chance.uniform(1.0, 8.0))
            except subprocess.TimeoutExpired:
                process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
                killed += 1
    subprocess.run([*command, "-o", str(tmp_path / "killed")], check=True, capture_output=True)
    assert killed > 2
    assert contents(tmp_path / "killed") == contents(tmp_path / "calm")
