"""The command: fuzz one target for a time, guided by coverage (atheris) or by Hypothesis, and say how often it ran."""

import argparse
import json
import mmap
import os
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path
from random import Random

RECORD = Path(__file__).parent / "runs.json"
MOST_MEMORY_BYTES = 4 << 30
MOST_SECONDS = 10  # for one input
MAX_INPUT_BYTES = 100_000
TARGETS = ("wire", "report", "script", "notebook")


def fuzz_guided(target: str, seconds: int) -> int:
    """Let atheris look for inputs that reach new branches, in a process of its own. Returns how many were run."""
    counter = mmap.mmap(-1, 8)
    process = os.fork()
    if not process:
        _fuzz_guided(target, seconds, counter)
    _, status = os.waitpid(process, 0)
    if status:
        sys.exit(f"{target}: a defect was found; the input is in {Path.cwd()}")
    return int.from_bytes(counter[:], "little")


def _fuzz_guided(target: str, seconds: int, counter: mmap.mmap) -> None:
    import atheris

    with atheris.instrument_imports(include=["graders"]):
        from tests.fuzz.targets import TARGETS as CHECKS
    from tests.fuzz.mutation import mutate
    from tests.fuzz.seeds import seeds

    def check(data: bytes) -> None:
        counter[:] = (int.from_bytes(counter[:], "little") + 1).to_bytes(8, "little")
        CHECKS[target](data)

    def change(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        return mutate(data, random)[:max_size] if random.randrange(2) else atheris.Mutate(data, max_size)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(target)):
            Path(corpus, str(number)).write_bytes(seed)
        options = [f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}", f"-max_len={MAX_INPUT_BYTES}"]
        options += ["-rss_limit_mb=2048", f"-artifact_prefix={target}-", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, corpus], check, custom_mutator=change)
        atheris.Fuzz()


def fuzz_with_hypothesis(target: str, seconds: int) -> int:
    """Let Hypothesis draw inputs; it shows the smallest that fails. Returns how many were run."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from tests.fuzz.strategies import inputs
    from tests.fuzz.targets import TARGETS as CHECKS

    ran, round_number, end = 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        round_number += 1

        @seed(round_number)
        @settings(
            max_examples=500,
            database=None,
            deadline=MOST_SECONDS * 1000,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(inputs(target))
        def check(data: bytes) -> None:
            nonlocal ran
            ran += 1
            CHECKS[target](data)

        check()
    return ran


ENGINES = {"coverage": fuzz_guided, "hypothesis": fuzz_with_hypothesis}


def main() -> None:
    """Run, say how many inputs were tried, and record it if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--engine", choices=ENGINES, default="coverage")
    parser.add_argument("--record", action="store_true", help=f"write the count to {RECORD.name}")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    warnings.simplefilter("error")
    inputs = ENGINES[options.engine](options.target, options.seconds)
    print(f"{options.target}, {options.engine}: {inputs} inputs in {options.seconds} s, no defect found")
    if options.record:
        runs = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
        runs.setdefault(options.target, {})[options.engine] = {"inputs": inputs, "seconds": options.seconds}
        RECORD.write_text(json.dumps(runs, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
