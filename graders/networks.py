"""Random networks: the bank drawn by Hypothesis, recorded banks, and their cache.

Hypothesis is imported only where something is drawn. Values lie on a grid of tenths, drawn as integers: float
strategies pick up constants of local modules, so that an imported file would change the networks of a class.
"""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from graders.answers import Reference
from graders.errors import ExerciseError, UsageError
from graders.exercise import Array, Exercise, Network
from graders.files import write_atomically

GRID = 10
"""Values are whole numbers divided by this."""

DEFAULT_SEED = 0
"""The published seed students grade themselves with."""

_DRAWS = 20  # attempts with a derived seed until both signs are in the bank


class Bank(Struct, frozen=True, eq=False):
    """The networks every submission of a run is graded on. `seed` and `hypothesis`: how they were drawn."""

    exercise: str
    seed: int | None
    hypothesis: str
    networks: Sequence[Network]
    sha256: str


class _Recorded(Struct, frozen=True, kw_only=True):
    """`networks.json`. `sha256` is that of the networks as this file writes them."""

    exercise: str
    seed: int | None
    hypothesis: str
    sha256: str
    networks: list[dict[str, Any]]


def get_bank(
    exercise: Exercise, reference: Reference, *, seed: int, count: int, sizes: Mapping[str, int] | None = None
) -> Bank:
    """Return the bank of this seed, from the user's cache or drawn now (and kept there if that can be written).

    `sizes`: lengths of dimensions, instead of random ones.
    """
    hypothesis = hypothesis_version()
    shape = "x".join(map(str, (sizes or {}).values()))
    words = (exercise.name, exercise.sha256[:16], shape, seed, count, hypothesis)
    path = cache_folder() / f"{'-'.join(str(word) for word in words if word != '')}.json"
    with suppress(UsageError):  # missing, or damaged: drawn again
        bank = read_bank(path, exercise)
        if bank.seed == seed and len(bank.networks) == count and bank.hypothesis == hypothesis:
            return bank
    bank = draw_bank(exercise, reference, seed=seed, count=count, sizes=sizes)
    with suppress(OSError, UsageError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bank(path, bank)
    return bank


def hypothesis_version() -> str:
    """Return the version that is installed, from the name of its metadata's folder: that needs no import."""
    spec = find_spec("hypothesis")
    if spec is not None and spec.origin is not None:
        found = [path.name for path in Path(spec.origin).parent.parent.glob("hypothesis-*.dist-info")]
        if len(found) == 1:
            return found[0].removeprefix("hypothesis-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("hypothesis")


def cache_folder() -> Path:
    """Return the user's cache folder for banks."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "exercise-grader"


def draw_bank(
    exercise: Exercise, reference: Reference, *, seed: int, count: int, sizes: Mapping[str, int] | None = None
) -> Bank:
    """Draw `count` informative networks; the same seed and Hypothesis version give the same ones anywhere.

    Raises ExerciseError if the exercise's conditions leave too few.
    """
    for attempt in range(_DRAWS):
        strategy = network_strategy(exercise, sizes=sizes)
        networks = _draw(exercise, reference, strategy, seed=seed + attempt * 1_000_003, count=count)
        if len(networks) == count and (count == 1 or _has_both_signs(exercise, reference, networks)):
            return _bank(exercise.name, seed, hypothesis_version(), networks)
    raise ExerciseError(f"exercise {exercise.name}: networks: too few are informative; widen the ranges")


def _draw(exercise: Exercise, reference: Reference, strategy: Any, *, seed: int, count: int) -> list[Network]:
    import hypothesis

    networks: list[Network] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(network: Network) -> None:
        hypothesis.assume(is_informative(exercise, reference, network))
        networks.append(network)

    with suppress(hypothesis.errors.Unsatisfiable):
        _without_storage(collect)
    return networks[:count]


def _without_storage(run: Callable[[], None]) -> None:
    """Run Hypothesis with its notes about constants in a folder that goes away, not in the current one."""
    import tempfile

    import hypothesis.configuration

    with tempfile.TemporaryDirectory() as folder:
        hypothesis.configuration.set_hypothesis_home_dir(folder)
        run()


def network_strategy(exercise: Exercise, *, sizes: Mapping[str, int] | None = None) -> Any:
    """Return a Hypothesis strategy for networks, informative or not; `sizes`: lengths of dimensions, if not random."""
    from hypothesis import strategies as st

    bounds = {**exercise.networks.dimensions, **{name: (length, length) for name, length in (sizes or {}).items()}}

    @st.composite
    def networks(draw: Any) -> Network:
        lengths = {name: draw(st.integers(low, high)) for name, (low, high) in bounds.items()}
        network = {}
        for name, given in exercise.givens.items():
            shape = tuple(lengths[dimension] for dimension in given.shape)
            low, high = (round(bound * GRID) for bound in given.random)
            size = int(np.prod(shape, dtype=int))
            numbers = draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
            network[name] = _read_only([number / GRID for number in numbers], shape)
        return network

    return networks()


def is_informative(exercise: Exercise, reference: Reference, network: Network) -> bool:
    """Tell whether a mistake shows on this network: nothing is all zero, saturated, or as in the lesson."""
    for name, value in network.items():
        if value.ndim == 0:
            if value == exercise.fixed[name]:
                return False
        elif not value.any():
            return False
    values = reference.values(network)
    for name, condition in exercise.networks.informative.items():
        magnitude = values[name]
        if condition.within is not None:
            low, high = condition.within
            if magnitude.min() < low or magnitude.max() > high:
                return False
        if condition.apart is not None and np.abs(magnitude).min() < condition.apart:
            return False
    return True


def _has_both_signs(exercise: Exercise, reference: Reference, networks: Sequence[Network]) -> bool:
    values = [reference.values(network) for network in networks]
    for name in exercise.networks.both_signs:
        signs = {bool(np.all(value[name] > 0)) for value in values}
        if len(signs) < 2:
            return False
    return True


def write_bank(path: Path, bank: Bank) -> None:
    """Record a bank, atomically. Raises UsageError."""
    write_atomically(path, encode_bank(bank))


def encode_bank(bank: Bank) -> bytes:
    """Return what a recorded bank's file holds."""
    recorded = _Recorded(
        exercise=bank.exercise,
        seed=bank.seed,
        hypothesis=bank.hypothesis,
        sha256=bank.sha256,
        networks=[{name: value.tolist() for name, value in network.items()} for network in bank.networks],
    )
    return msgspec.json.encode(recorded)


def read_bank(path: Path, exercise: Exercise) -> Bank:
    """Read a recorded bank. Raises UsageError if it is missing, damaged or another exercise's."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"bank {path}: cannot be read: {error.strerror}") from error
    return decode_bank(data, exercise, path)


def decode_bank(data: bytes, exercise: Exercise, path: Path | str) -> Bank:
    """Take a recorded bank's file apart; `path`: how to name it. Raises UsageError if it is damaged."""
    try:
        recorded = msgspec.json.decode(data, type=_Recorded)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"bank {path}: not a recorded bank: {error}") from error
    if recorded.exercise != exercise.name:
        raise UsageError(f"bank {path}: made for exercise {recorded.exercise!r}, not for {exercise.name!r}")
    networks = [_as_network(path, exercise, values) for values in recorded.networks]
    bank = _bank(recorded.exercise, recorded.seed, recorded.hypothesis, networks)
    if bank.sha256 != recorded.sha256 or not networks:
        raise UsageError(f"bank {path}: damaged: its networks do not have the recorded sha256")
    return bank


def _as_network(path: Path | str, exercise: Exercise, values: Mapping[str, Any]) -> Network:
    network: dict[str, Array] = {}
    lengths: dict[str, int] = {}
    for name, given in exercise.givens.items():
        try:
            value = np.array(values[name], dtype=np.float64)
        except (KeyError, ValueError, TypeError) as error:
            raise UsageError(f"bank {path}: a network lacks {name}, or it is not made of numbers") from error
        fits = value.ndim == len(given.shape) and bool(np.isfinite(value).all()) and value.size > 0
        for dimension, length in zip(given.shape, value.shape, strict=False):
            fits = fits and lengths.setdefault(dimension, length) == length
        if not fits:
            raise UsageError(f"bank {path}: a network's {name} has shape {list(value.shape)}, expected {given.shape}")
        network[name] = _read_only(value, value.shape)
    return network


def _bank(exercise: str, seed: int | None, hypothesis: str, networks: Sequence[Network]) -> Bank:
    plain = [{name: value.tolist() for name, value in network.items()} for network in networks]
    text = msgspec.json.encode([exercise, plain])
    return Bank(exercise, seed, hypothesis, networks, hashlib.sha256(text).hexdigest())


def _read_only(values: Any, shape: tuple[int, ...]) -> Array:
    array = np.array(values, dtype=np.float64).reshape(shape)
    array.flags.writeable = False
    return array
