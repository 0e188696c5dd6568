"""How much an altered program does, counted in passes of loops and calls: what may be endless is ended by that."""

from .observing import OutOfTime


class PassCounter:
    """Called by the program at each pass and call. `most`: where a run ends, if there is an end."""

    def __init__(self, most: int | None) -> None:
        self.done = 0
        self._most = most

    def start(self) -> None:
        """Begin a run."""
        self.done = 0

    def count(self) -> None:
        """Count one more."""
        self.done += 1
        # Not the clock: what is found must not depend on how busy the machine is.
        if self._most is not None and self.done > self._most:
            raise OutOfTime("the altered program may be endless")
