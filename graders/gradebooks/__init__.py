"""The instructor's own tables: a learning platform's exported gradebook to be filled, and the roster."""

from graders.gradebooks.canvas import fill_canvas
from graders.gradebooks.filling import fill_sheet
from graders.gradebooks.missing import missing_students
from graders.gradebooks.moodle import fill_moodle
from graders.gradebooks.roster import Student, read_roster
from graders.gradebooks.sheet import Filled, Grade

__all__ = ["Filled", "Grade", "Student", "fill_canvas", "fill_moodle", "fill_sheet", "missing_students", "read_roster"]
