"""The instructor's own tables: a learning platform's exported gradebook to be filled, and the roster."""

from graders.gradebooks.canvas import fill as fill_canvas
from graders.gradebooks.filling import fill_sheet
from graders.gradebooks.moodle import fill as fill_moodle
from graders.gradebooks.roster import Student, missing_students, read_roster
from graders.gradebooks.sheet import Filled, Grade

__all__ = ["Filled", "Grade", "Student", "fill_canvas", "fill_moodle", "fill_sheet", "missing_students", "read_roster"]
