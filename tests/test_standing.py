"""What an instructor knows beside a report: deadlines, lateness, marks by hand, sections, code that is alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from graders.batch.alike import Taught, look_alikes, sketch_of, taught_by
from graders.batch.gradebook import Group, csv_lines, joined_lines
from graders.batch.rows import Row
from graders.batch.sheets import Sheets
from graders.batch.standing import AskedColumns, GradebookLine, Standing
from graders.batch.tables import Papers, Results, fill_gradebook, find_missing
from graders.batch.tally import Tally
from graders.batch.to_check import Looks
from graders.choices import FOLDER
from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.gradebooks import (
    LateRule,
    column_of,
    late_rule,
    mark_for,
    read_deadlines,
    read_marks,
    read_roster,
)
from graders.spelling import spoken
from graders.submission import decode_submission
from tests.support.rows import OURS, RIGHT, WRONG

SAMPLES = Path(__file__).parent / "submissions" / "backprop"
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("10 %/day, 3 days, grace 1 h", LateRule(10.0, 3, HOUR)),
        ("grace 90 min, 2.5% per day", LateRule(2.5, None, 1.5 * HOUR)),
        ("10%/天，3天，宽限1小时", LateRule(10.0, 3, HOUR)),
        ("20 % a day; 1 day", LateRule(20.0, 1)),
        ("grace 2 days", LateRule(grace=timedelta(days=2))),
    ],
)
def test_a_rule_for_lateness_is_read_in_both_languages(text: str, rule: LateRule) -> None:
    assert late_rule(text) == rule


@pytest.mark.parametrize("text", ["10 %", "ten percent a day", "3 weeks", "10 %/day, gracefully"])
def test_a_rule_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--late: found"):
        late_rule(text)


@pytest.mark.parametrize(
    ("points", "days", "left"), [(100, 0, 100), (100, 1, 90), (100, 3, 70), (100, 4, 0), (20, 3, 0), (55.5, 2, 35.5)]
)
def test_each_day_costs_a_part_of_all_points_and_after_the_last_there_is_nothing(
    points: float, days: int, left: float
) -> None:
    assert LateRule(10.0, 3).remaining(points, 100, days) == left


@pytest.mark.parametrize(
    ("attempt", "days"),
    [
        ("2026-09-01-23-59-00", 0),  # Blackboard's
        ("2026-09-02-00-58-59", 0),  # within the grace
        ("2026-09-02-01-00-01", 1),  # beyond it, late since the deadline
        (202609030100, 2),  # Brightspace's
        (3, None),  # a number that is no time
        (202600030100, None),  # a month that was not understood
        (None, None),
    ],
)
def test_days_that_have_begun_since_the_deadline_are_counted(attempt: int | str | None, days: int | None) -> None:
    table = read_deadlines(b"student,deadline\nall,2026-09-01 23:59\n")
    assert table.days_late(["anybody"], attempt, HOUR) == days


def test_a_student_may_have_a_deadline_and_a_time_of_their_own() -> None:
    table = read_deadlines(
        "学号;截止时间;提交时间\n全部;2026/9/1 23:59;\nJDoe;2026年9月3日;2026-09-04T08:00\n".encode("gb18030")
    )
    assert table.days_late(["jdoe"], None, HOUR) == 1  # a date is that whole day
    assert table.days_late(["roe", "Jane Roe"], "2026-09-03-00-00-00", HOUR) == 2
    assert read_deadlines(b"all,01.09.2026 23:59\n").days_late(["x"], "2026-09-02-00-00-00", timedelta()) == 1


@pytest.mark.parametrize("table", ["student,deadline\nall,tomorrow\n", "student,deadline\nall,2026-13-01\n"])
def test_a_deadline_that_is_no_time_is_refused_with_its_row(table: str) -> None:
    with pytest.raises(UsageError, match="row 2"):
        read_deadlines(table.encode())


def test_a_mark_by_hand_counts_before_lateness_and_the_points_that_were_earned_stay() -> None:
    standing = Standing(
        deadlines=read_deadlines(b"all,2026-09-01\n"),
        late=LateRule(10.0),
        marks=read_marks(b'Student,Adjusted,Why\nb,"55,5",talked to her\nc,30,by hand\nd,,later\n'),
    )
    rows = [replace(RIGHT, attempt="2026-09-03-08-00-00"), WRONG, OURS, replace(RIGHT, key="e", student="e", late=True)]
    lines = list(standing.lines(rows, "backprop"))
    assert [(line.days_late, line.after_late, line.adjusted, line.final) for line in lines] == [
        (2, 80.0, None, 80.0),
        (0, 20.0, 55.5, 55.5),
        (0, None, 30.0, 30.0),
        (1, 90.0, None, 90.0),  # the platform says late, and not by how much
    ]
    header, *table = (line.decode("utf-8-sig").strip().split(",") for line in csv_lines(lines, [], (), standing.asked))
    found = [dict(zip(header, cells, strict=True)) for cells in table]
    assert [row["points"] for row in found] == ["100", "20", "", "100"]
    assert [row["final"] for row in found] == ["80", "55.5", "30", "90"]
    assert found[1]["why"] == "talked to her"


@pytest.mark.parametrize(
    ("theirs", "written"), [("Jane Doe", "Doe, Jane"), ("Doe, Jane", "jane doe"), ("李 娜", "娜，李")]
)
def test_a_mark_and_a_deadline_are_somebodys_in_either_order_of_the_name(theirs: str, written: str) -> None:
    standing = Standing(
        deadlines=read_deadlines(f'student,deadline\nall,2026-09-01\n"{written}",2026-09-09\n'.encode()),
        late=LateRule(10.0),
        marks=read_marks(f'name,adjusted\n"{written}",55\n'.encode()),
    )
    row = replace(RIGHT, student="7", name=theirs, attempt="2026-09-03-08-00-00")
    (line,) = standing.lines([row], "backprop")
    assert (line.days_late, line.adjusted) == (0, 55.0)
    # one of two who are called so is known by the id alone
    shared = structs.replace(standing, shared=frozenset({spoken(theirs)}))
    (line,) = shared.lines([row], "backprop")
    assert (line.days_late, line.adjusted) == (2, None)


def test_who_handed_nothing_in_has_a_section_and_a_mark_by_hand_too() -> None:
    roster = read_roster(b"id,name,group\njdoe,Jane,Mon\nroe,R,Tue\n")
    standing = Standing(marks=read_marks(b"student,adjusted,why\nroe,80,oral exam\n"), section="group")
    absent = [standing.absent(student, "backprop") for student in roster]
    header, *table = (line.decode("utf-8-sig").strip().split(",") for line in csv_lines([], [], absent, standing.asked))
    found = [dict(zip(header, cells, strict=True)) for cells in table]
    assert [(row["section"], row["verdict"], row["final"], row["why"]) for row in found] == [
        ("Mon", "not-handed-in", "", ""),
        ("Tue", "not-handed-in", "80", "oral exam"),
    ]


@pytest.mark.parametrize(
    ("roster", "student"),
    [
        ("id,name\njdoe,Jane Doe\nroe,Bo Roe\n", "JDoe"),
        ("Name,E-Mail\nJane Doe,jdoe@uni.example\nBo Roe,broe@uni.example\n", "jdoe"),
        ("No.,Matrikelnr.,Nachname,Vorname\n1,00123,Doe,Jane\n2,00124,Roe,Bo\n", "123"),
    ],
)
def test_a_student_on_the_roster_is_called_as_it_says(roster: str, student: str, exercise: Exercise) -> None:
    rows = [replace(RIGHT, student=student), replace(WRONG, student="1"), replace(WRONG, name="doej", student=student)]
    lines, _ = enrolled_lines(rows, Standing(), roster, exercise)
    assert [line.row.name for line in lines] == ["Jane Doe", None, "Jane Doe"]


def enrolled_lines(
    rows: Sequence[Row], standing: Standing, roster: str, exercise: Exercise
) -> tuple[list[GradebookLine], list[str]]:
    """Return the lines of a gradebook with a roster, and what is said of it."""
    papers = Papers(Sheets(), read_roster(roster.encode()), None, standing)
    papers, _, said = find_missing(papers, [Results(Path(), exercise, lambda: iter(rows), ".yaml")])
    return list(papers.standing.lines(rows, "backprop")), list(map(str, said))


ROSTER = """\
Student,ID,Login,Email,Lab
"Núñez, José",2004,jnunez,jose@uni.example,Mon
"de la Cruz, Bob",2010,bdela,bob@uni.example,Tue
"Zhang, Wei",2005,wzhang,wei@uni.example,Tue
"""


@pytest.mark.parametrize(
    "owners",
    [
        [("2501", "José Núñez"), ("2502", "Bob de la Cruz")],  # Moodle's own ids, and names in the other order
        [("2004", "núñezjosé"), ("2010", "delacruzbob")],  # Canvas's ids, and names without spaces
        [("88", "nunezjose"), ("89", "delacruzbob")],
        [("jnunez", None), ("bdela", None)],
        [("jose@uni.example", None), ("bob@uni.example", None)],
        [("backprop_2004_v2", None), ("bob de la cruz", None)],  # each by something else
    ],
)
def test_whoever_is_found_on_the_roster_has_section_deadline_mark_and_ids_from_there(
    owners: Sequence[tuple[str, str | None]], exercise: Exercise
) -> None:
    standing = Standing(
        deadlines=read_deadlines(b"student,deadline,handed in\nMon,2026-09-01,\njnunez,,2026-09-02 12:00\n"),
        marks=read_marks(b'student,adjusted\nbob@uni.example,7\n"Zhang, Wei",9\n2006,1\n'),
        section="lab",
    )
    rows = [replace(RIGHT, key=student, student=student, name=name) for student, name in owners]
    (first, second), said = enrolled_lines(rows, standing, ROSTER, exercise)
    assert (first.section, first.days_late, first.adjusted) == ("Mon", 1, None)
    assert (second.section, second.days_late, second.adjusted) == ("Tue", 0, 7.0)
    assert {"2004", "jnunez"} <= set(first.ids)
    # the mark of somebody who is absent is theirs; one of nobody is told
    assert [each for each in said if "mark was given" in each] == [
        "2006: a mark was given by hand, but there is no hand-in of that student."
    ]
    sheet = "Student,ID,SIS Login ID,Section,backprop (1)\n    Points Possible,,,,100\n"
    sheet += '"Núñez, José",2004,jnunez,Mon,\n"de la Cruz, Bob",2010,bdela,Tue,\n'
    filled = fill_gradebook(sheet.encode(), [first, second], exercise, None)
    assert [line.rsplit(",", 1)[1] for line in filled.sheet.decode().splitlines()[2:]] == ["100.00", "7.00"]


def test_what_two_on_the_roster_share_gives_nobody_anything(exercise: Exercise) -> None:
    roster = "Name,ID,Lab\nLi Wei,11111,Mon\nLi Wei,22222,Tue\n"
    rows = [replace(RIGHT, key="a", student="7", name="Li Wei"), replace(RIGHT, key="b", student="22222", name=None)]
    lines, _ = enrolled_lines(rows, Standing(section="lab"), roster, exercise)
    assert [(line.section, list(line.ids)) for line in lines] == [("", []), ("Tue", ["22222", "Li Wei", "Tue"])]


def test_columns_that_nobody_asked_for_are_not_there() -> None:
    (header,) = csv_lines([], [])
    assert not {"section", "days_late", "adjusted", "final"} & set(header.decode().strip().split(","))


def test_a_section_may_have_a_deadline_and_a_student_s_own_comes_first(exercise: Exercise) -> None:
    standing = Standing(
        deadlines=read_deadlines(b"student,deadline\nall,2026-09-01\nTue,2026-09-03\nb,2026-09-05\n"),
        section="group",
    )
    roster = "id,group\na,Mon\nb,Tue\nc,Tue\nd,Tue\n"
    late = "2026-09-04-12-00-00"
    rows = [replace(RIGHT, key=who, student=who, attempt=late) for who in "abc"]
    # What the platform calls late says nothing about a deadline that the instructor gave to one student.
    rows += [replace(RIGHT, key=who, student=who, late=True) for who in "bd"]
    lines, _ = enrolled_lines(rows, standing, roster, exercise)
    assert [line.days_late for line in lines] == [3, 0, 1, 0, 1]
    # Late by a deadline or by the platform's own mark: the numbers of the class and every table count the same.
    assert [line.row.late for line in lines] == [True, False, True, True, True]
    assert Tally(line.row for line in lines).late == 4
    table = [line.decode().split(",") for line in csv_lines(lines, [], asked=standing.asked)]
    assert [row[table[0].index("late")] for row in table[1:]] == ["late", "", "late", "late", "late"]


def test_it_is_said_how_many_hand_ins_no_deadline_can_touch(exercise: Exercise) -> None:
    standing = Standing(
        deadlines=read_deadlines(
            b"student,deadline,handed in\nall,2026-09-01,\nc,2026-09-02,2026-09-03 12:00\nd,2026-09-09,\n"
        )
    )
    rows = [
        replace(RIGHT, key="a", student="a"),
        replace(RIGHT, key="b", student="b", attempt="2026-09-03-08-00-00"),
        replace(RIGHT, key="c", student="c"),
        replace(RIGHT, key="d", student="d"),
        replace(RIGHT, key="e", student="e", late=True),
    ]
    results = Results(Path(), exercise, lambda: iter(rows), ".yaml")
    _, _, said = find_missing(Papers(Sheets(), [], None, standing), [results])
    assert [str(each).partition(".")[0] for each in said] == ["Hand-ins without a time of their own: 2 of 5"]
    own = Standing(deadlines=read_deadlines(b"b,2026-09-02\n"))
    assert [line.is_untimed for line in own.lines(rows, "backprop")] == [False] * 5


def test_a_name_that_two_students_have_gives_neither_the_other_s_mark(exercise: Exercise) -> None:
    rows = [replace(RIGHT, key=who, student=who, name=name) for who, name in (("1", "Li Wei"), ("2", "Li Wei"))]
    rows.append(replace(RIGHT, key="3", student="3", name="Bo Roe", attempt="2026-09-01-12-00-00"))
    standing = Standing(
        deadlines=read_deadlines(b"student,deadline\nMon,2026-09-01\nBo Roe,2026-09-02\n"),
        marks=read_marks(b"student,adjusted\nLi Wei,1\n2,5\nBo Roe,7\nZoe,9\n"),
    )
    results = Results(Path(), exercise, lambda: iter(rows), ".yaml")
    papers, missing, said = find_missing(Papers(Sheets(), [], None, standing), [results])
    assert [line.adjusted for line in papers.standing.lines(rows, "backprop")] == [None, 5, 7]
    assert missing == []
    assert [str(each) for each in said] == [
        "li wei: several students have this name; marks and deadlines need the id.",
        "zoe: a mark was given by hand, but there is no hand-in of that student.",
        "mon: a deadline was given, but there is no hand-in of that student, and no such section.",
    ]


def test_marks_are_those_of_an_exercise_or_of_all_and_those_of_nobody_are_told() -> None:
    marks = read_marks(b"id,exercise,points\nJDoe,backprop,5\njdoe,multi-layer,7\nroe,,9\n")
    found = [mark_for(marks, [who], exercise) for who in ("jdoe", "roe") for exercise in ("backprop", "multilayer")]
    assert [mark.points for mark in found if mark is not None] == [5, 7, 9, 9]
    for table in (b"student,why\na,b\n", b"student,adjusted\na,many\n"):
        with pytest.raises(UsageError, match="adjusted: "):
            read_marks(table)


def test_sections_are_told_by_the_roster_or_the_folder(exercise: Exercise) -> None:
    roster = "学号,姓名,班级\n1,王小明,甲\n2,李娜,乙\n"
    rows = [replace(RIGHT, key=f"group A/{who}", student=who) for who in ("1", "李娜", "nobody")]
    lines, _ = enrolled_lines(rows, Standing(section=column_of(read_roster(roster.encode()), "班级")), roster, exercise)
    assert [line.section for line in lines] == ["甲", "乙", ""]
    by_folder = Standing(section=FOLDER).lines([rows[0], replace(RIGHT, key="jdoe.py")], "backprop")
    assert [line.section for line in by_folder] == ["group A", ""]
    with pytest.raises(UsageError, match="--section Kurs: no such column"):
        column_of(read_roster(roster.encode()), "Kurs")


def test_several_exercises_are_joined_by_student_and_their_sum_waits_for_all() -> None:
    def lines(*rows: Row) -> list[GradebookLine]:
        return list(map(GradebookLine, rows))

    groups = [Group("one", lines(RIGHT, WRONG, OURS), 100.0), Group("two", lines(RIGHT, OURS), 50.0)]
    header, *table = (line.decode("utf-8-sig").strip().split(",") for line in joined_lines(groups, AskedColumns()))
    found = {cells[0]: dict(zip(header, cells, strict=True)) for cells in table}
    assert [(row["one verdict"], row["two verdict"], row["points"], row["max"]) for row in found.values()] == [
        ("correct", "correct", "200", "150"),
        ("wrong-value", "not-handed-in", "20", "150"),
        ("not-graded", "not-graded", "", "150"),
    ]
    assert found["a"]["two report"] == "two/a.report.yaml"


OWN = """
def derivative(a): return a * (1 - a)
for layer, (w, d) in enumerate(zip(layers, deltas)):
    total = sum(abs(float(v)) for v in w.ravel()) + layer
    if total > limit: print('large', total); limit = max(limit, total)
    history.append((layer, total, d.mean()))
"""
RENAMED = OWN.replace("layer", "schicht").replace("total", "summe").replace("'large'", "'viel'")


def row_of(student: str, source: str, taught: Taught) -> Row:
    cells = decode_submission(f"{student}.py", source.encode()).cells
    return replace(RIGHT, key=student, student=student, sketch=sketch_of(cells, taught))


def test_code_that_differs_in_names_and_texts_is_alike_and_the_template_is_not(exercise: Exercise) -> None:
    taught = taught_by(exercise)
    template = (exercise.folder / "backprop.py").read_text(encoding="utf-8")
    rows = [
        row_of("a", template + OWN, taught),
        row_of("b", template.replace("hidden", "verborgen") + "\n# mine\n" + RENAMED, taught),
        row_of("c", template, taught),
        row_of("d", template.replace("x", "xx"), taught),
    ]
    assert look_alikes(rows) == {"a": ["b"], "b": ["a"]}
    (said,) = [reasons for _, reasons in Looks(look_alikes(rows), exercise, "en").of(rows[:1])]
    assert said == ["Much of the code is like that of b: worth a look, not a verdict."]


def test_the_usual_way_to_fill_in_an_exercise_is_no_ones_own(exercise: Exercise) -> None:
    taught = taught_by(exercise)
    for name in ("correct/backprop.py", "correct/outer.py", "wrong/hidden_term_no_slope.py"):
        assert sketch_of(decode_submission("x.py", (SAMPLES / name).read_bytes()).cells, taught) == [], name


def test_what_many_of_a_class_have_is_alike_in_nobody(exercise: Exercise) -> None:
    taught = taught_by(exercise)
    rows = [row_of(f"s{number}", OWN, taught) for number in range(13)]
    assert look_alikes(rows) == {}
    assert len(look_alikes(rows[:12])) == 12
