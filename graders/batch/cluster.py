"""Grade on a Dask cluster: chunks of submissions go out as bytes, reports come back as bytes.

A chunk whose worker dies is tried again by Dask on others, and in the end given up; then each of its submissions is
sent alone, with nothing else under way, so that only the one that is to blame is not graded.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from graders.batch.graded import GradeAll, Graded, Reporter
from graders.batch.worker import decode_graded, encode_chunk, encode_run, grade_chunk
from graders.errors import GraderError, SandboxError, UsageError
from graders.intake.entry import Entry, Wanted
from graders.intake.reading import read_entry
from graders.messages import message
from graders.reports.joining import joined_if_several
from graders.reports.making import ReportMaker
from graders.session import AnyMaterials, Terms, single_materials
from graders.submission import Submission
from graders.version import VERSION

if TYPE_CHECKING:
    from distributed import Client, Future

_MOST_IN_CHUNK = 32  # Source: benchmarks/cluster.py; a task costs Dask 2 ms, one submission 10 ms
_MOST_CHARACTERS = 1 << 20
_CHUNKS_PER_THREAD = 4  # of a small class, so that all workers have their share to the end
_IN_FLIGHT_PER_THREAD = 2  # one that is graded, one that waits for it
_FEWEST_IN_FLIGHT = 8  # also while the first workers have yet to come
_CONNECT_S = 5
_GONE = "the cluster's scheduler is gone; run the same command again to go on"

_Chunk = list[tuple[Entry, Submission]]


@contextmanager
def open_cluster(
    address: str,
    materials: AnyMaterials,
    terms: Terms,
    formats: Sequence[str],
    wanted: Wanted,
    on_waiting: Callable[[], None],
) -> Iterator[GradeAll]:
    """Yield what grades on the cluster of this scheduler. Raises UsageError if none answers.

    `on_waiting` is called if no worker is there yet when grading begins.
    """
    # A worker is somebody else's machine: without walls a submission could reach what is on it.
    if terms.isolation == "process":
        raise UsageError(message("usage.cluster-process"))
    with _connected(address) as client:
        cluster = _Cluster(client, materials, terms, formats, wanted)

        def grade(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Graded]]:
            if entries and not cluster.threads():
                on_waiting()
            return cluster.grade(entries)

        yield grade


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    try:
        _silence_logs()
        from distributed import Client
    except ImportError as error:
        raise UsageError(message("usage.cluster-dask")) from error
    try:
        asyncio.run(_knock(address))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(message("usage.cluster-silent", address=address)) from error
    with Client(address, timeout=_CONNECT_S, set_as_default=False, name="exercise-grader") as client:
        yield client


async def _knock(address: str) -> None:
    """Connect once. A client that cannot connect would take long to give up, and leave a traceback of its own."""
    from distributed.comm.core import connect
    from distributed.security import Security

    comm = await connect(address, timeout=_CONNECT_S, **Security().get_connection_args("client"))
    await comm.close()


def _silence_logs() -> None:
    """Keep Dask from writing between our lines; what matters of it arrives as an exception."""
    import dask

    names = ("distributed", "distributed.client", "tornado.application")
    dask.config.set({"logging": dict.fromkeys(names, "critical")})


class _Cluster:
    """The workers of a scheduler."""

    def __init__(
        self, client: "Client", materials: AnyMaterials, terms: Terms, formats: Sequence[str], wanted: Wanted
    ) -> None:
        self._client = client
        self._materials = materials
        self._terms = terms
        self._formats = formats
        self._wanted = wanted
        # Goes with every chunk (19 KB): kept on the workers, it would be lost with them, or blamed for their end.
        self._setup = encode_run(materials, terms, formats)

    def grade(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Graded]]:
        """Yield entries as the workers finish them. Raises UsageError or SandboxError of a worker."""
        # a small class is cut finely, so that no worker stands idle at the end
        share = len(entries) // (_CHUNKS_PER_THREAD * max(1, self.threads()))
        suspects = []
        for entry, graded in self._sent(entries, most=max(1, min(share, _MOST_IN_CHUNK))):
            if graded is None:
                suspects.append(entry)
            else:
                yield entry, graded
        # One at a time: whichever kills its worker now is the one, and takes nobody with it.
        for entry, graded in self._sent(suspects, most=1, alone=True):
            yield entry, graded or self._given_up(entry)

    def _sent(
        self, entries: Sequence[Entry], *, most: int, alone: bool = False
    ) -> Iterator[tuple[Entry, Graded | None]]:
        """Yield each entry with what came back, None if its workers died; never more under way than is worth it."""
        from distributed import as_completed

        chunks = self._chunks(entries, most)
        under_way: dict[Future[bytes], list[Entry]] = {}
        completed = as_completed(loop=self._client.loop)
        while True:
            # Asked again each time, since workers come and go during a run.
            in_flight = 1 if alone else max(_FEWEST_IN_FLIGHT, _IN_FLIGHT_PER_THREAD * self.threads())
            for chunk in islice(chunks, max(0, in_flight - len(under_way))):
                data = encode_chunk([submission for _, submission in chunk])
                # pure=False: a pure task is known again by its content, and a second try would get the first failure.
                future = self._client.submit(grade_chunk, self._setup, data, pure=False)
                under_way[future] = [entry for entry, _ in chunk]
                completed.add(future)
            if not under_way:
                return
            future = next(completed)
            of_chunk = under_way.pop(future)
            yield from zip(of_chunk, _received(future, len(of_chunk)), strict=True)

    def _chunks(self, entries: Sequence[Entry], most: int) -> Iterator[_Chunk]:
        chunk: _Chunk = []
        characters = 0
        for entry in entries:
            submission = read_entry(entry, self._wanted)
            chunk.append((entry, submission))
            # Large hand-ins make small chunks: a chunk travels as one message, and is graded again as a whole.
            characters += sum(len(source) for _, source in submission.cells)
            if len(chunk) >= most or characters >= _MOST_CHARACTERS:
                yield chunk
                chunk, characters = [], 0
        if chunk:
            yield chunk

    def threads(self) -> int:
        """Return how many submissions can be graded at a time now. Raises SandboxError if the scheduler is gone."""
        try:
            return sum(self._client.nthreads().values())
        except OSError as error:
            raise SandboxError(_GONE) from error

    def _given_up(self, entry: Entry) -> Graded:
        """Return the report of a submission on which every worker died."""
        submission, terms = read_entry(entry, self._wanted), self._terms
        reason = "each worker of the cluster that graded it died"
        reports = [
            ReportMaker(each.exercise, each.bank, "kernel", lang=terms.lang, feedback=terms.feedback)
            for each in single_materials(self._materials)
        ]
        report = joined_if_several(
            self._materials.exercise,
            self._materials.bank,
            [maker.not_graded(submission, reason) for maker in reports],
            terms.lang,
        )
        return Reporter(self._formats, terms.lang).with_files(report, submission)


def _received(future: "Future[bytes]", submissions: int) -> Sequence[Graded | None]:
    """Return a chunk's reports, None for each if its workers died. Raises a worker's refusal, or SandboxError."""
    from distributed import KilledWorker

    if future.status == "finished":
        return decode_graded(future.result())
    # A future that is neither finished nor failed was lost with the scheduler.
    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return [None] * submissions
    if isinstance(error, GraderError):
        raise error
    if error is None:
        raise SandboxError(_GONE)
    raise SandboxError(
        f"the cluster cannot grade: {type(error).__name__}: {' '.join(str(error).split())}; "
        f"install exercise-grader {VERSION} on the scheduler and on all workers"
    )
