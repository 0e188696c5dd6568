"""Many submissions into one folder of reports.

class_run.py  a class from its files to reports, gradebook and overview
journal.py    what is done and what is left, so that a run goes on where it stopped
graded.py     the seam to what grades: entries in, reports out
pool.py       sandboxes of this machine, several at a time
cluster.py    the workers of a Dask scheduler
worker.py     what such a worker does
"""
