"""Reports as JUnit XML, which every CI system reads: one test case per check and per step.

A failure is a wrong answer, an error is what kept an answer from being compared, skipped is what was not reached.
Points are properties of the suite, since JUnit has none. Source: the attributes and elements that Jenkins' schema
(junit-10.xsd) names, and `file` and `line` of a test case, which GitLab and pytest have besides.
"""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from graders.messages import Lang
from graders.outcome import Kind, Report, Verdict
from graders.reports.context import Context
from graders.reports.text import check_line, fault_line, file_line, step_texts

ENDING = ".xml"

# By kind of verdict, the element of a test case that did not pass.
_ELEMENTS = {Kind.WRONG: "failure", Kind.OPEN: "skipped", Kind.STOPPED: "error", Kind.UNGRADED: "error"}


def dump(report: Report, context: Context) -> bytes:
    """Return the report as UTF-8 XML 1.0; without times, so that the same report gives the same bytes."""
    lang, path = context.lang, context.path
    cases = [*_check_cases(report, lang, path), *_step_cases(report, lang, path)]
    suites = _element("testsuites", name="grade", **_tally(cases, ("tests", "failures", "errors")))
    counts = _tally(cases, ("tests", "failures", "errors", "skipped"))
    suite = ET.SubElement(suites, "testsuite", _attributes(name=report.exercise, file=path, **counts))
    suite.append(_properties(report))
    suite.extend(cases)
    if report.stdout:
        ET.SubElement(suite, "system-out").text = report.stdout
    ET.indent(suites)
    content: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _check_cases(report: Report, lang: Lang, path: str) -> Iterator[ET.Element]:
    fault = "" if report.fault is None else f"\n{fault_line(report.fault, lang)}"
    for check in report.checks:
        text = check_line(check, report, lang) + fault
        yield _case(check.id, f"{report.exercise}.checks", check.verdict, text, file=path)


def _step_cases(report: Report, lang: Lang, path: str) -> Iterator[ET.Element]:
    for step, text in step_texts(report, lang):
        yield _case(step.name, f"{report.exercise}.steps", step.verdict, text, file=path, line=file_line(step))


def _case(name: str, classname: str, verdict: Verdict, text: str, **located: str | int | None) -> ET.Element:
    case = _element("testcase", name=name, classname=classname, **located)
    if not verdict.passes:
        # The message is one line: viewers show it in a list, and the text below it when asked.
        attributes = _attributes(type=str(verdict), message=text.partition("\n")[0])
        ET.SubElement(case, _ELEMENTS[verdict.kind], attributes).text = text
    return case


def _properties(report: Report) -> ET.Element:
    score, properties = report.score, _element("properties")
    named = {"points": f"{score.points:g}", "max": f"{score.max:g}", "percent": f"{score.percent:g}"}
    named |= {"verdict": str(report.verdict), "bank_sha256": report.grading.bank_sha256}
    for check in report.checks:
        named |= {f"points.{check.id}": f"{check.points:g}", f"max.{check.id}": f"{check.max:g}"}
    properties.extend(_element("property", name=name, value=value) for name, value in named.items())
    return properties


def _tally(cases: Sequence[ET.Element], names: Sequence[str]) -> dict[str, int]:
    found = {"tests": len(cases)}
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found[name] = sum(case.find(tag) is not None for case in cases)
    return {name: found[name] for name in names}


def _element(tag: str, **attributes: str | int | None) -> ET.Element:
    return ET.Element(tag, _attributes(**attributes))


def _attributes(**attributes: str | int | None) -> dict[str, str]:
    """Return the attributes there are. A report has no character that XML 1.0 forbids."""
    return {name: str(value) for name, value in attributes.items() if value is not None}
