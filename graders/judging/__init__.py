"""What a run is worth, and why: the only place that compares. NumPy and the standard library suffice."""
