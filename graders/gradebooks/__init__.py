"""The instructor's own tables: a platform's exported gradebook to be filled, roster, deadlines, marks by hand."""

from graders.gradebooks.canvas import fill_canvas
from graders.gradebooks.deadlines import Deadlines, LateRule, late_rule, read_deadlines
from graders.gradebooks.enrolled import Enrolled, IdAndName, find_enrolled
from graders.gradebooks.filling import fill_sheet, has_a_column_each
from graders.gradebooks.marks import Marks, mark_for, read_marks
from graders.gradebooks.moodle import fill_moodle
from graders.gradebooks.roster import Student, column_of, read_roster
from graders.gradebooks.sheet import Filled, Grade

__all__ = [
    "Deadlines",
    "Enrolled",
    "Filled",
    "Grade",
    "IdAndName",
    "LateRule",
    "Marks",
    "Student",
    "column_of",
    "fill_canvas",
    "fill_moodle",
    "fill_sheet",
    "find_enrolled",
    "has_a_column_each",
    "late_rule",
    "mark_for",
    "read_deadlines",
    "read_marks",
    "read_roster",
]
