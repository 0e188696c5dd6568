"""Gradebooks: the instructor's own sheet is filled in one column, and every other byte stays."""

import codecs
import csv
import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.gradebooks import (
    Filled,
    Grade,
    Student,
    fill_canvas,
    fill_moodle,
    fill_sheet,
    find_enrolled,
    read_roster,
)
from graders.gradebooks.sheet import Sheet, number, written_number

TITLES = ("Backpropagation", "反向传播", "backprop")
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz (11),Backpropagation (12),Final Score
,,,,,,Manual Posting,
    Points Possible,,,,,5.00,100.00,(read only)
"Smith, Bob",101,S1,bob,"Section ""A"" 1",4.50,,71.00
"O'Neil, Zoé",102,S2,zoe,B,,12.00,0.00
=cmd,103,S3,cmd,B,,EX,
"Li, 张三",104,S4,li,B,,N/A,
"Student, Test",105,,abcd,B,,,
"""
MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),\
Feedback comments
Participant 201,Bob Smith,bob@example.org,Submitted,,100.00,Yes,"Monday, 1 June",
Participant 202,Zoé O'Neil,zoe@example.org,Submitted,12.00,100.00,Yes,-,"<p>Old,
comment</p>"
Participant 203,张三,li@example.org,Submitted,,100.00,No,-,
"""
CHINESE = """\
标识符,全名,电子邮件地址,状态,成绩,最高分,允许更改成绩,上次修改（评分）,反馈评论
参与人201,张三,z@example.org,已提交,,10.00,是,-,
参与人202,李四,l@example.org,已提交,,10.00,否,-,
"""
GERMAN = """\
ID;"Vollständiger Name";E-Mail-Adresse;Status;Bewertung;Bestwertung;"Bewertung kann geändert werden";\
"Feedback als Kommentar"\r
Teilnehmer/in201;"Max Muster";max@example.org;Abgegeben;;"10,00";Ja;\r
Teilnehmer/in202;"Eva Muster";eva@example.org;Abgegeben;"2,50";"10,00";Nein;\r
"""


def grade(student: str | None, points: float, comment: str | None = None, name: str | None = None) -> Grade:
    return Grade(student, name, points, 100.0, comment)


def canvas(text: str, grades: Sequence[Grade], column: str | None = None) -> Filled:
    return fill_canvas(text.encode(), grades, TITLES, column)


def changes(before: str, filled: Filled) -> list[tuple[str, str]]:
    """Return the lines that differ."""
    after = filled.sheet.decode().split("\n")
    assert len(after) == len(before.split("\n"))
    return [pair for pair in zip(before.split("\n"), after, strict=True) if pair[0] != pair[1]]


def said(filled: Filled) -> tuple[str, ...]:
    return tuple(map(str, filled.notes))


class TestCanvas:
    def test_fills_the_exercise_s_column_and_nothing_else(self) -> None:
        filled = canvas(CANVAS, [grade("101", 85.5), grade("102", 100)])
        assert [new for _, new in changes(CANVAS, filled)] == [
            '"Smith, Bob",101,S1,bob,"Section ""A"" 1",4.50,85.50,71.00',
            '"O\'Neil, Zoé",102,S2,zoe,B,,100.00,0.00',
        ]
        assert filled.unmatched == ()
        assert said(filled) == (
            "Grades that were already in the sheet and are replaced: 1",
            "O'Neil, Zoé: 12.00 becomes 100.00",
        )

    def test_finds_students_by_any_id_and_by_name_if_there_is_no_id(self) -> None:
        grades = [grade("S1", 1), grade("ZOE", 2), grade(None, 3, name="abcd"), grade("test student", 4)]
        filled = canvas(CANVAS, grades)
        assert [new.split(",")[-2] for _, new in changes(CANVAS, filled)] == ["1.00", "2.00", "4.00"]
        assert [one.name for one in filled.unmatched] == ["abcd"]
        assert said(filled)[-1] == "Student, Test: found by name, not by id."

    def test_lists_students_without_a_row_and_those_of_two(self) -> None:
        twice = CANVAS + '"Smith, Bob",106,103,bobby,B,,,\n'
        unmatched = [grade("999", 1), grade(None, 2), grade("smithbob", 3), grade("103", 4)]
        filled = canvas(twice, unmatched)
        assert filled.unmatched == tuple(unmatched)
        assert filled.sheet == twice.encode()

    def test_leaves_excused_and_not_assigned_students(self) -> None:
        filled = canvas(CANVAS, [grade("103", 1), grade("104", 2)])
        assert filled.sheet == CANVAS.encode()
        assert said(filled) == (
            "=cmd: excused in Canvas, left unchanged.",
            "Li, 张三: not assigned in Canvas, left unchanged.",
        )

    def test_scales_and_says_so(self) -> None:
        filled = canvas(CANVAS.replace("100.00,(read", "8,(read"), [grade("101", 50)])
        assert b",4.50,4.00,71.00" in filled.sheet
        assert said(filled) == ("Points were scaled from 100 to the column's 8.",)

    def test_does_not_scale_where_nothing_is_possible(self) -> None:
        filled = canvas(CANVAS.replace("100.00,(read", ",(read"), [grade("101", 50)])
        assert b",4.50,50.00,71.00" in filled.sheet
        assert said(filled) == ("The column does not say how many points are possible; points were not scaled.",)

    def test_a_name_is_nobody_s_where_two_have_it_or_an_id_says_whose_the_row_is(self) -> None:
        namesakes = [Grade("77", "Bob Smith", 10, 100), Grade("78", "Bob Smith", 90, 100)]
        assert canvas(CANVAS, namesakes).unmatched == tuple(namesakes)
        for grades in ([namesakes[0], grade("101", 50)], [grade("101", 50), namesakes[0]]):
            filled = canvas(CANVAS, grades)
            assert filled.unmatched == (namesakes[0],)
            assert filled.sheet == canvas(CANVAS, [grade("101", 50)]).sheet

    def test_the_last_of_two_grades_counts_and_is_noted(self) -> None:
        filled = canvas(CANVAS, [grade("101", 1), grade("101", 2)])
        assert b",2.00,71.00" in filled.sheet
        assert said(filled) == ("Smith, Bob: two grades; the last one was written.",)

    @pytest.mark.parametrize("column", ["Quiz (11)", "quiz", "11"])
    def test_takes_the_column_that_is_named(self, column: str) -> None:
        assert b",5.00,,71.00" in canvas(CANVAS, [grade("101", 100)], column).sheet

    @pytest.mark.parametrize(
        ("header", "column", "said"),
        [
            ("Quiz (11),Homework (12)", None, "there are: 'Quiz (11)', 'Homework (12)'"),
            ("Backprop (11),Backpropagation (12)", None, "there are: 'Backprop (11)', 'Backpropagation (12)'"),
            ("Quiz (11),Quiz (12)", "quiz", "several columns are called 'quiz'"),
            ("Quiz (11),Backprop (12)", "Lab", "no column of grades is called 'Lab'"),
            ("Quiz (11),Backprop (12)", "ID", "no column of grades is called 'ID'"),
            ("Quiz (11),Backprop (12)", "Final Score", "is read only"),
        ],
    )
    def test_asks_where_the_column_is_not_clear(self, header: str, column: str | None, said: str) -> None:
        with pytest.raises(UsageError) as caught:
            canvas(CANVAS.replace("Quiz (11),Backpropagation (12)", header), [], column)
        assert said in str(caught.value)

    def test_takes_a_title_that_contains_the_exercise_s(self) -> None:
        text = CANVAS.replace("Backpropagation (12)", "Week 3: Backprop (12)")
        assert b",1.00,71.00" in canvas(text, [grade("101", 1)]).sheet

    def test_keeps_semicolons_decimal_commas_the_mark_and_line_ends(self) -> None:
        text = (
            "LastName;FirstName;ID;SIS Login ID;Section;Backprop (12)\r\n"
            "    Points Possible;;;;;10,00\r\n"
            'Smith;Bob;101;bob;"A;B";\r\nNeil;Zoé;102;zoe;A;"7,00"'
        )
        content = codecs.BOM_UTF8 + text.encode()
        filled = fill_canvas(content, [grade("101", 85), Grade("102", None, 9.25, 10.0)], TITLES)
        assert filled.sheet == content.replace(b'"A;B";', b'"A;B";8,50').replace(b'"7,00"', b'"9,25"')

    @pytest.mark.parametrize(
        "text",
        ["", "\n", "a,b,c\n1,2,3\n", CANVAS.replace("Section", "Group", 1), CANVAS.replace("Possible", "Max"),
         'Student,ID,Section\n"open', "PK\x03\x04", "\ufeff"],
    )  # fmt: skip
    def test_anything_else_is_the_caller_s_mistake(self, text: str) -> None:
        with pytest.raises(UsageError):
            canvas(text, [])


class TestMoodle:
    def test_fills_grade_and_comment_and_nothing_else(self) -> None:
        filled = fill_moodle(MOODLE.encode(), [grade("201", 85.5, "Look at step 2, <error>.")])
        assert changes(MOODLE, filled) == [
            (
                'Participant 201,Bob Smith,bob@example.org,Submitted,,100.00,Yes,"Monday, 1 June",',
                'Participant 201,Bob Smith,bob@example.org,Submitted,85.50,100.00,Yes,"Monday, 1 June",'
                '"Look at step 2, &lt;error&gt;."',
            )
        ]
        assert (filled.unmatched, filled.notes) == ((), ())

    def test_no_comment_leaves_the_old_one(self) -> None:
        filled = fill_moodle(MOODLE.encode(), [grade("202", 12)])
        assert filled.sheet == MOODLE.encode()

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
    def test_a_comment_is_never_a_formula(self, start: str) -> None:
        filled = fill_moodle(MOODLE.encode(), [grade("201", 1, f"{start}HYPERLINK(1)")])
        cell = list(csv.reader(io.StringIO(filled.sheet.decode())))[1][-1]
        assert cell[0] not in "=+-@\t\r "
        assert cell.endswith("HYPERLINK(1)")

    def test_leaves_grades_that_cannot_be_changed(self) -> None:
        filled = fill_moodle(MOODLE.encode(), [grade("203", 50)])
        assert filled.sheet == MOODLE.encode()
        assert said(filled) == ("张三: the grade cannot be changed in Moodle, left unchanged.",)

    def test_finds_students_by_address_or_name_too(self) -> None:
        grades = [grade("ZOE@example.org", 1), grade(None, 2, name="Bob Smith"), grade("9", 3)]
        filled = fill_moodle(MOODLE.encode(), grades)
        assert [row[4] for row in csv.reader(io.StringIO(filled.sheet.decode()))] == ["Grade", "2.00", "1.00", ""]
        assert [one.student for one in filled.unmatched] == ["9"]

    def test_reads_chinese(self) -> None:
        filled = fill_moodle(CHINESE.encode(), [grade("201", 85, "看第二步"), grade("202", 85)])
        line = "参与人201,张三,z@example.org,已提交,8.50,10.00,是,-,看第二步"
        assert [new for _, new in changes(CHINESE, filled)] == [line]
        assert said(filled)[0] == "Points were scaled from 100 to the worksheet's 10."

    def test_keeps_gbk(self) -> None:
        filled = fill_moodle(CHINESE.encode("gb18030"), [grade("201", 85, "看第二步")])
        assert filled.sheet.decode("gb18030") == CHINESE.replace(",,10.00,是,-,", ",8.50,10.00,是,-,看第二步")

    def test_keeps_german(self) -> None:
        filled = fill_moodle(GERMAN.encode(), [grade("201", 85, 'Schritt 2; siehe "error"'), grade("202", 85)])
        assert filled.sheet.decode() == GERMAN.replace(
            'Abgegeben;;"10,00";Ja;', 'Abgegeben;8,50;"10,00";Ja;"Schritt 2; siehe ""error"""'
        )

    def test_finds_the_column_in_an_unknown_language_by_its_place(self) -> None:
        text = "A,B,C,D,E\nKatysigisa 1,x,,20.00,z\nKatysigisa 2,y,,20.00,z\n"
        filled = fill_moodle(text.encode(), [grade("2", 50, "comment")])
        assert filled.sheet.decode() == text.replace("y,,", "y,10.00,")
        assert "no comments were written" in said(filled)[1]

    def test_takes_the_column_that_is_named(self) -> None:
        text = "A,B,Points\nKatysigisa 1,x,\n"
        assert fill_moodle(text.encode(), [grade("1", 50)], "points").sheet.decode() == text.replace("x,", "x,50.00")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (CANVAS, "not a grading worksheet"),
            ("A,B,C\nUser 1,x,y\n", "choose the column of grades with --gradebook-column TITLE; there are: 'A'"),
            (MOODLE.replace("Maximum Grade", "Scale"), "graded on a scale"),
            ("", "empty"),
        ],
    )  # fmt: skip
    def test_anything_else_is_the_caller_s_mistake(self, text: str, said: str) -> None:
        with pytest.raises(UsageError) as caught:
            fill_moodle(text.encode(), [])
        assert said in str(caught.value)


def students(roster: bytes) -> list[tuple[str, str | None]]:
    return [(student.id, student.name) for student in read_roster(roster)]


class TestARoster:
    @pytest.mark.parametrize(
        "content",
        [
            "id,name\n1,Bob\n2,Zoé\n".encode(),
            "\ufeffName;ID\r\nBob;1\r\nZoé;2\r\n".encode(),
            "Student ID\tFirst name\tLast name\n1\tBob\t\n2\tZoé\t\n".encode(),
            "1,Bob\n2,Zoé\n1,Bob again\n".encode(),
            "Student,ID,Section\n Points Possible,,\nBob,1,A\nZoé,2,A\n".encode(),
        ],
    )
    def test_is_read_with_and_without_a_header(self, content: bytes) -> None:
        assert students(content) == [("1", "Bob"), ("2", "Zoé")]

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_is_read_in_chinese(self, encoding: str) -> None:
        assert students("姓名,学号\n张三,2023001\n".encode(encoding)) == [("2023001", "张三")]

    def test_of_ids_alone_is_enough(self) -> None:
        assert students(b"student\nalice\nbob\n") == [("alice", None), ("bob", None)]

    @pytest.mark.parametrize("content", [b"", b"id,name\n", b"\xff\xff\xff", b"PK\x03\x04"])
    def test_that_is_none_is_the_caller_s_mistake(self, content: bytes) -> None:
        with pytest.raises(UsageError):
            read_roster(content)

    def test_tells_who_is_missing(self) -> None:
        roster = [Student("2023001", "张三"), Student("S2", "Smith, Bob"), Student("S3", "Lee"), Student("S4", "Lee")]
        assert find_enrolled(roster, []).missing == roster
        owners = [("张三_2023001", None), ("340", "bobsmith"), ("lee", None), ("s4", None)]
        assert find_enrolled(roster, owners).missing == [Student("S3", "Lee")]


def absent(roster: str | bytes, *owners: str) -> list[str]:
    content = roster if isinstance(roster, bytes) else roster.encode()
    missing = find_enrolled(read_roster(content), [(owner, None) for owner in owners]).missing
    return [student.id for student in missing]


class TestWhoIsOnTheRoster:
    @pytest.mark.parametrize(
        ("roster", "owners", "missing"),
        [
            ("Matrikelnr.;Name;Vorname\nS1;Doe;Jane\nS2;Lee;Ann\n", ["S1"], ["S2"]),
            # who is absent is listed by the id that the others' hand-ins have
            ("Student ID,Username,Name\n0123,jdoe,Jane\n0124,alee,Ann\n", ["jdoe"], ["alee"]),
            ("学号,姓名,邮箱\n2023001,张三,zs@x.cn\n2023002,李四,ls@x.cn\n", ["zs@x.cn"], ["ls@x.cn"]),
            ("OrgDefinedId,Username,End-of-Line Indicator\n#001,#jdoe,#\n#002,#alee,#\n", ["jdoe"], ["alee"]),
            ("编号,全名\n参与者301,欧阳明\n参与者302,司马光\n", ["欧阳明"], ["参与者302"]),
            # a name and more, as ILIAS writes it
            ("Name;Vorname;Login\nDoe;Jane;jdoe\nLee;Ann;alee\n", ["Doe_Jane_jdoe_12"], ["alee"]),
            ("Name,ID\nLi Wei,901\nLi Wei Ming,902\n", ["Li_Wei Ming_lw_77"], ["901"]),
            ("姓名,学号\nJosé de la Cruz,901\nAnn Lee,902\n", ["de la Cruz_Jose_jc_5"], ["902"]),
            # two without an id who share a first name
            ("First Name,Last Name,SID\nAna,Doe,\nAna,Lee,\nBo,Roe,7001\n", ["7001"], ["Ana Doe", "Ana Lee"]),
            # who teaches is nobody
            ("Name,SID,Role\nJane,901,Student\nIda,902,Instructor\nTom,,TA\nAnn,903,Student\n", ["901"], ["903"]),
            ("Nombre completo,Correo,Roles\nJane D,j@x.es,Estudiante\nIda E,i@x.es,Profesor\n", ["j@x.es"], []),
            ("姓名,学号,角色\n张三,901,学生\n王五,902,助教\n李四,903,学生\n", ["901"], ["903"]),
            ("Name;Vorname;Kennung\nDoe;Jane;S1\nLee;Ann;S2\n", ["S1"], ["Ann Lee"]),
            ("id,name,login\n11,Jane,jdoe\n12,Ann,alee\n", ["jdoe"], ["alee"]),
            ("name,mail\nJane,jdoe@uni.example\nAnn,alee@uni.example\n", ["jdoe"], ["alee@uni.example"]),
            ("id,login\n11,jdoe\n12,alee\n", ["jdoe@uni.example"], ["alee"]),
            ("Nr.;Matrikel-Nr;Nachname, Vorname\n1;0012345;Doe, Jane\n2;0012346;Lee, Ann\n", ["12345"], ["0012346"]),
            ("Participants 2026\n\nName\tUser\nJane Doe\tjdoe\nAnn Lee\talee\n", ["jdoe"], ["alee"]),
            ("Surname,Forename,Candidate number\nDOE,Jane,A123\nLEE,Ann,B234\n", ["A123"], ["B234"]),
            (
                "id,github_username\njane@x.example,octo\nann@x.example,\nbo@x.example,bo\n",
                ["octo"],
                ["ann@x.example", "bo@x.example"],
            ),
            ("序号,学号,姓名\n1,2023001,张三\n2,2023002,李四\n合计,2,\n", ["2023001张三"], ["2023002"]),
            ("姓名,学号\n张三,B2023001\n李四,B2023002\n", ["张三B2023001"], ["B2023002"]),
            ("学号\n2023001\n2023002\n", ["计科1班2023001张三"], ["2023002"]),
        ],
    )
    def test_is_found_in_whatever_column(self, roster: str, owners: list[str], missing: list[str]) -> None:
        assert absent(roster, *owners) == missing

    @pytest.mark.parametrize(
        "roster",
        [
            "Course DL-101,\nExported 2026-09-01,\n\nid,name\nS1,Jane Doe\nS2,Ann Lee\n",
            "Identifiant;Nom;Prénom\nS1;Doe;Jane\nS2;Lee;Ann\n",
            "Código;Apellidos;Nombre\nS1;Doe;Jane\nS2;Lee;Ann\nTotal;2;\n",
            "Xyz,Abc\nS1,Jane Doe\nS2,Ann Lee\n",
            "id,name\nS1,Jane Doe\nS2,Ann Lee\nTotal: 2,\n",
            'Student,ID,Section\n    Points Possible,,\n"Doe, Jane",S1,A\n"Lee, Ann",S2,A\n"Student, Test",99,A\n',
        ],
    )
    def test_headings_titles_and_totals_are_no_students(self, roster: str) -> None:
        assert absent(roster, "S1") == ["S2"]

    @pytest.mark.parametrize(
        "owner", ["Jane Doe", "Doe, Jane", "Doe_Jane", "doejane", "Jane Doe_501", "JANE  DOE", "Doe Jane (jd)"][:4]
    )
    def test_names_alone_are_found_in_either_order(self, owner: str) -> None:
        assert absent('Student Name\n"Doe, Jane"\n"Lee, Ann"\n', owner) == ["Lee, Ann"]
        assert absent("Nom;Prénom\nDoe;Jane\nLee;Ann\n", owner) == ["Ann Lee"]

    def test_lost_zeros_and_accents_in_windows_1252_are_no_hindrance(self) -> None:
        assert absent("id,name\n123,Jane\n124,Bo\n", "00123") == ["124"]
        assert absent("id,name\n00123,Jane\n00124,Bo\n", "123") == ["00124"]
        assert absent("Name\nMüller Sebastián\nLee Ann\n".encode("cp1252"), "Sebastián Müller") == ["Lee Ann"]

    def test_who_is_missing_is_known_by_the_id_that_hand_ins_have(self) -> None:
        roster = read_roster(b"Name,Canvas ID\nDoe Jane,101\nRoe Bo,102\n")
        missing = find_enrolled(roster, [("101", "doejane")]).missing
        assert [(student.id, student.name) for student in missing] == [("102", "Roe Bo")]

    def test_a_column_of_numbers_that_happen_to_be_ids_is_not_taken_for_them(self) -> None:
        grouped = read_roster(b"Group,ID,Name\n101,7,Jane\n102,101,Bo\n")
        assert [student.name for student in find_enrolled(grouped, [("101", None)]).missing] == ["Jane"]
        numbered = read_roster(b"No.,Name,Login\n1,Jane Doe,jdoe\n2,Bo Roe,broe\n")
        missing = find_enrolled(numbered, [("1", None), ("x", None), ("y", None)]).missing
        assert not {"2", "3"} & {student.id for student in missing}

    @pytest.mark.parametrize("heading", ["E-Mail-Adresse", "Email (university)", "e-mail"])
    def test_a_heading_above_addresses_alone_is_nobody(self, heading: str) -> None:
        assert [s.id for s in read_roster(f"{heading}\nj@uni.example\nb@uni.example\n".encode())] == [
            "j@uni.example",
            "b@uni.example",
        ]

    def test_the_match_is_said(self) -> None:
        roster = read_roster(b"id,login\n11,jdoe\n12,alee\n")
        said = [str(note) for note in find_enrolled(roster, [("jdoe", None), ("kwu", None)]).said]
        assert said == ["Roster: hand-ins found by the column login: 1 of 2."]
        assert "no hand-in matches" in str(find_enrolled(roster, [("kwu", None)]).said[0])


class TestWhoseSheet:
    @pytest.mark.parametrize(
        ("header", "platform"),
        [
            ("Last Name,First Name,Username,HW [Total Pts: 100 Score] |123", "Blackboard's"),
            ("First Name,Last Name,SID,Email,HW,HW - Max Points", "Gradescope's"),
            ("OrgDefinedId,Username,HW Points Grade <Numeric MaxPoints:100>,End-of-Line Indicator", "Brightspace's"),
            ("Display ID,ID,Last Name,First Name,grade", "Sakai's"),
            ("First name,Last name,Email address,Assignment: HW (Real)", "Moodle's gradebook"),
        ],
    )
    def test_that_cannot_be_filled_is_named_with_those_that_can(self, header: str, platform: str) -> None:
        # "Unicode text" that would have to be saved anew first, too
        for grades, encoding in (([], "utf-8"), ([grade("1", 1)], "utf-8"), ([], "utf-16"), ([], "utf-8-sig")):
            with pytest.raises(UsageError, match=f"{platform}.*Canvas.*Moodle"):
                fill_sheet(f"{header}\n1,2,3,4,5,6\n".encode(encoding), grades, ["HW"])

    def test_windows_1252_is_kept_byte_for_byte(self) -> None:
        for name in ("Pérez, José", "García, Ana", "Müller, Käthe"):
            sheet = f'Student,ID,Section,HW (7)\n Points Possible,,,100\n"{name}",4,A,\n'.encode("cp1252")
            filled = fill_sheet(sheet, [grade(None, 50, name=name)], ["HW"])
            assert filled.unmatched == ()
            assert filled.sheet == sheet[:-1] + b"50.00\n"

    @pytest.mark.parametrize(
        ("text", "value"),
        [("1,000", 1000), ("1.000", 1000), ("1,000.00", 1000), ("1.000,50", 1000.5), ("12 000,5", 12000.5),
         ("1'000", 1000), ("1,234,567", 1234567), ("0,125", 0.125), ("2,5", 2.5), ("1000,00", 1000)],
    )  # fmt: skip
    def test_thousands_are_no_decimals(self, text: str, value: float) -> None:
        assert number(text) == value


LETTERS = st.sampled_from('ab1,;"\n\t =张é') | st.characters(codec="utf-8", exclude_characters="\0\r")
CELLS = st.lists(LETTERS | st.just("\r\n"), max_size=6).map("".join)  # Python's csv does not quote a lone \r
STYLES = st.tuples(*map(st.sampled_from, (",;\t", ("\n", "\r\n"), (csv.QUOTE_MINIMAL, csv.QUOTE_ALL))))
POINTS = st.none() | st.floats(0, 100).map(lambda value: round(value, 2))


def table(rows: Sequence[Sequence[str]], style: tuple[str, str, int]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=style[0], lineterminator=style[1], quoting=style[2]).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


def shown(points: float | None, commas: bool) -> str:
    return "" if points is None else written_number(points, commas)


def complaint(use: Callable[..., object], *arguments: object) -> str:
    try:
        use(*arguments)
    except UsageError as error:
        return str(error)
    return ""


class TestProperties:
    @given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=5), style=STYLES)
    def test_cells_are_read_as_the_standard_library_reads_them(
        self, rows: list[list[str]], style: tuple[str, str, int]
    ) -> None:
        rows = [["a"] * 9, *rows]
        sheet = Sheet(table(rows, style).encode(), "sheet")
        assert [sheet.texts(row) for row in range(len(sheet))] == rows
        assert sheet.written() == table(rows, style).encode()

    @given(
        points=st.lists(POINTS, min_size=1, max_size=4),
        cells=CELLS,
        style=STYLES,
        commas=st.booleans(),
        bom=st.booleans(),
    )
    def test_filling_canvas_with_its_own_grades_changes_nothing(
        self, points: list[float | None], cells: str, style: tuple[str, str, int], commas: bool, bom: bool
    ) -> None:
        header = ["Student", "ID", "Section", "Backprop (1)", "X"]
        head = [header, ["  Points Possible", "", "", shown(50, commas), cells]]
        body = [[cells, f"10{n}", cells, shown(one, commas), cells] for n, one in enumerate(points)]
        content = codecs.BOM_UTF8 * bom + table(head + body, style).encode()
        own = [Grade(f"10{n}", None, one, 50) for n, one in enumerate(points) if one is not None]
        filled = fill_canvas(content, own, TITLES)
        assert (filled.sheet, filled.unmatched) == (content, ())
        changed = fill_canvas(content, [Grade("100", None, 50, 50)], TITLES).sheet
        body[0][3] = shown(50, commas)
        assert list(csv.reader(io.StringIO(changed.decode("utf-8-sig"), newline=""), delimiter=style[0])) == head + body

    @given(points=st.lists(POINTS, min_size=1, max_size=4), comment=CELLS, style=STYLES, commas=st.booleans())
    def test_filling_moodle_with_its_own_grades_changes_nothing(
        self, points: list[float | None], comment: str, style: tuple[str, str, int], commas: bool
    ) -> None:
        head = ["Identifier", "Full name", "Grade", "Maximum grade", "Feedback comments"]
        body = [[f"User {n}", "x", shown(one, commas), shown(50, commas), comment] for n, one in enumerate(points)]
        content = table([head, *body], style).encode()
        own = [Grade(str(n), None, one, 50, comment) for n, one in enumerate(points) if one is not None]
        filled = fill_moodle(content, own)
        assert (filled.sheet, filled.unmatched) == (content, ())

    @given(content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
    def test_any_bytes_as_a_sheet_raise_only_usage_errors(self, content: bytes) -> None:
        headers = (b"", b"Student,ID,Section,Backprop (1)\nPoints Possible,,,", b"ID,N,Grade,Maximum grade\nUser 1,x,")
        grades = [grade("1", 1, "x")]
        for sheet in (header + content for header in headers):
            assert "\n" not in complaint(fill_canvas, sheet, grades, TITLES)
            assert "\n" not in complaint(fill_moodle, sheet, grades)
            assert "\n" not in complaint(read_roster, sheet)

    @given(value=st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), commas=st.booleans())
    def test_numbers_are_read_as_they_were_written(self, value: float, commas: bool) -> None:
        assert number(written_number(value, commas)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.50", 1234.5), ("1.234,50", 1234.5), (".5", 0.5), ("-", None), ("EX", None), ("", None),
                        ("1e5", None), ("٣", None), ("9" * 400, None), ("  7 ", 7.0)],
)  # fmt: skip
def test_numbers_of_other_spellings(text: str, value: float | None) -> None:
    assert number(text) == value
