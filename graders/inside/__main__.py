"""Start the sandbox's process: `__main__.py serve FD UID`, or `__main__.py once PARENT`.

This folder is loaded as a package of its own, so that no module of the trusted side is ever imported here: a submission
shares this process, and finds whatever is in `sys.modules`.
"""

import gc
import importlib.util
import os
import socket
import sys


def _load_package() -> None:
    folder = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(
        "inside", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["inside"] = package
    spec.loader.exec_module(package)


def run_program(arguments: list[str]) -> None:
    """Serve jobs on an inherited socket, or run one job."""
    gc.disable()  # nothing that imports make is garbage
    _load_package()
    if arguments[0] == "serve":
        from inside.serving import serve

        serve(socket.socket(fileno=int(arguments[1])), uid=int(arguments[2]))
    else:
        if sys.platform == "linux":  # elsewhere the grader itself ends what it has started
            from inside.confinement import end_with

            end_with(int(arguments[1]))
        from inside.once import run_once

        run_once()


if __name__ == "__main__":
    run_program(sys.argv[1:])
