"""Measured claims, rerunnable."""
