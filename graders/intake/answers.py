"""Files of a student that were read, and which of them are answers: those that set results, before what they import."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from graders.exercise.loading import exercise_names
from graders.intake.content import Content, content_of
from graders.intake.entry import Wanted
from graders.intake.names import closeness
from graders.modules import Find, nothing_beside, own_modules
from graders.submission import Submission


class Read(Struct, frozen=True, eq=False):
    """A file that was read: its path, and what is in it. `find` finds the student's other files, by that path."""

    path: str
    submission: Submission
    find: Find

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.path.rpartition("/")[2]

    @property
    def name_with_zip(self) -> str:
        """The file's name behind that of the zip it is in, which may tell the version as well."""
        packed, mark, _ = self.path.partition(".zip/")
        return f"{packed.rpartition('/')[2]} {self.name}" if mark else self.name

    def find_beside(self) -> Find:
        """Return what finds the student's files by their paths from the folder that this file is in."""
        folder = self.path[: -len(self.name)]
        if not folder or self.find is nothing_beside:
            return self.find
        return lambda name: self.find(folder + name)

    def imports(self, file: "Read") -> bool:
        """Tell whether this file imports another one, directly or not: one that says the same is as good."""
        if file is self:
            return False
        modules = own_modules([text for _, text in self.submission.cells], self.find_beside()).values()
        return any(text in modules for _, text in file.submission.cells)


def with_answers(likely: list[Read], others: Callable[[], Iterable[Read]], wanted: Wanted) -> list[Read]:
    """Return the likely files, and with them other files that are answers where no likely one is, or only a helper.

    A student may have worked in `Untitled.ipynb`, and left the file that was handed out beside it; or `main.py` sets
    the results with what it imports from `backprop.py`. The others are only read if it comes to that.
    """
    contents = _contents(likely, wanted)
    if any(content.sets_results for content in contents.values()):
        return likely
    answers = {file: content for file, content in _contents(others(), wanted).items() if content.is_touched}
    return likely + [file for file, content in answers.items() if _comes_before(file, content, contents, wanted)]


def without_helpers(files: list[Read], contents: Mapping[Read, Content]) -> list[Read]:
    """Leave out what a file that sets results imports: it is run with that one."""
    if len(files) < 2:
        return files
    setting = [file for file in files if contents[file].sets_results]
    # Two that import each other say nothing of which is the helper.
    return [file for file in files if not any(each.imports(file) for each in setting)] or files


def _contents(files: Iterable[Read], wanted: Wanted) -> dict[Read, Content]:
    return {file: content_of(file.submission, wanted.handed) for file in files if file.submission.unreadable is None}


def _comes_before(file: Read, content: Content, likely: Mapping[Read, Content], wanted: Wanted) -> bool:
    """Tell whether a file that somebody worked on is to be compared with likely ones that set no results."""
    if not any(each.is_touched for each in likely.values()):
        return True
    if not content.sets_results:
        return False
    if any(file.imports(each) for each in likely):
        return True
    # Results within a function are there for the script that has it; and exercises share the names of results.
    return not any(each.filled for each in likely.values()) and not _is_named_for_another(file, wanted)


def _is_named_for_another(file: Read, wanted: Wanted) -> bool:
    own = closeness(file.name, wanted.exercise)
    return any(closeness(file.name, other) < own for other in exercise_names())
