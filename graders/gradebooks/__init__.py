"""The instructor's own tables: a platform's exported gradebook to be filled, roster, deadlines, marks by hand."""

from graders.gradebooks.canvas import fill_canvas
from graders.gradebooks.deadlines import Deadlines, LateRule, late_rule, read_deadlines
from graders.gradebooks.filling import fill_sheet, has_a_column_each
from graders.gradebooks.marks import Marks, mark_for, read_marks, unused_marks
from graders.gradebooks.missing import missing_students, names_by_id
from graders.gradebooks.moodle import fill_moodle
from graders.gradebooks.roster import Student, read_roster
from graders.gradebooks.sections import FOLDER, Sections, sections_by
from graders.gradebooks.sheet import Filled, Grade

__all__ = [
    "FOLDER",
    "Deadlines",
    "Filled",
    "Grade",
    "LateRule",
    "Marks",
    "Sections",
    "Student",
    "fill_canvas",
    "fill_moodle",
    "fill_sheet",
    "has_a_column_each",
    "late_rule",
    "mark_for",
    "missing_students",
    "names_by_id",
    "read_deadlines",
    "read_marks",
    "read_roster",
    "sections_by",
    "unused_marks",
]
