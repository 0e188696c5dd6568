"""Reports, in each format that they can be written in.

What a report says:

    making.py         from checks to a report
    disclosing.py     how much of it a student is told
    joining.py        those of an exercise's parts, as one
    notes.py          its plain sentences: how the submission was read and run
    given_notes.py    about the givens
    missing_notes.py  about results without a value
    text.py           its feedback as lines

A format is a module that names its ending:

    formats.py        a report in any of them
    endings.py        which there are
    context.py        what they may need beside the report
    document.py       what most of them start from
    yaml.py           YAML
    json.py           JSON
    markdown.py       for step summaries and comments
    html.py           a page; its parts are in `page`
    junit.py          JUnit XML, for CI systems
    github.py         annotations of GitHub Actions
    gradescope.py     Gradescope's results.json
    classroom50.py    Classroom 50's result.json

And back:

    reading.py        a report read into its records
    schema.py         the JSON Schema of it
"""
