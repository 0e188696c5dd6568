"""A static page that grades in the browser, with the code of the command. docs/page.md says how and what it needs.

writing.py      the page's folder: its files, the exercise, the cases
packing.py      the archives of Python code in it, and which modules they need
runtime.py      what Python in the browser is made of
judge.py        in the page: judges, and asks for runs; it never runs a submission
runner.py       in the page: runs a submission, and knows no answer
standins/       in the page: what stands for libraries that are compiled
static/         the page itself: HTML, CSS, JavaScript; worker.js starts Python, or goes on from a worker's image
"""
