"""What a benchmark needs that is not there, in one line. Imports nothing but the standard library."""

EXTRAS = {
    "distributed": "cluster",
    "playwright": "browser",
    **dict.fromkeys(("pytest", "xdist", "IPython", "jsonschema", "junitparser"), "test"),
}
"""The extra of this project that installs a package; the others come with the grader itself."""


def needs(error: ModuleNotFoundError) -> str:
    """Say which package is missing and how to install it."""
    package = (error.name or "").partition(".")[0]
    extra = f"[{EXTRAS[package]}]" if package in EXTRAS else ""
    return f"needs the package {package}: pip install -e '.{extra}'"
