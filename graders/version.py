"""The version, read by the build and written into every report."""

VERSION = "1.1.1"
