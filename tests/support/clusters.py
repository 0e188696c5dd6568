"""A scheduler and workers of Dask on this machine, each a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import yaml


@contextmanager
def running(module: str, *arguments: object) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    command = [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments), "--no-dashboard"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def running_scheduler(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    file = folder / "scheduler.yaml"
    with running("dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", file) as process:
        deadline = time.monotonic() + 30
        # Dask makes the file before it writes it.
        while not (file.exists() and file.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield process, yaml.safe_load(file.read_bytes())["address"]


@contextmanager
def running_workers(address: str, count: int, *arguments: object) -> Iterator[Sequence["subprocess.Popen[bytes]"]]:
    """Start workers of one thread each and wait until all have come."""
    from distributed import Client

    with ExitStack() as stack:
        started = [
            stack.enter_context(running("dask_worker", address, "--nthreads", 1, *arguments)) for _ in range(count)
        ]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=30)
        yield started
