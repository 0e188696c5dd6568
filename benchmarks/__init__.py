"""Measured claims, rerunnable: `python -m benchmarks`."""
