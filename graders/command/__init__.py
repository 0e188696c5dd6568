"""What only the command line does, a module for each thing it can be asked for; `cli` loads the one that is needed.

options.py       what can be asked for, and what is refused
parser.py        how that is read, and told by `--help`
one_file.py      grade a file: report, table, feedback
watch.py         the same after each save of it
whole_class.py   grade several into a folder
progress.py      how that gets on, and what came of it
author.py        a new exercise, or what is wrong with one
verify.py        is a report what this grader gives?
handout.py       what students get
page.py          a page that grades in the browser
preparation.py   what all grading begins with
terminal.py      what a person sees of a report: table, feedback
printing.py      lines on standard output, and where long ones are broken
"""
