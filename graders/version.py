"""The version, read by the build and written into every report."""

VERSION = "2.0.0"
