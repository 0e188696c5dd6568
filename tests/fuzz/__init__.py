"""Fuzzing of everything that reads bytes nobody vouches for: `python -m tests.fuzz TARGET --seconds N`."""
