"""What students get of an exercise: template, notebook, README and a workflow for their fork; nothing of the reference.

writing.py   the files and their contents
grade.yml    the workflow, with {exercise} and {action} to be put in
"""
