"""Autolab's download: `<e-mail>_<version>_<file>`. Source: autolab/Autolab, app/models/submission.rb.

A domain has no underscore, so what follows the first one behind the @ is no part of the address.
"""

import re

from graders.intake.entry import Owner, Person, source_by_name

# The file may have underscores and numbers, too: the first number is the version.
_AUTOLAB_NAME = re.compile(r"^(?P<user>[^@/]+@[^@_/]+)_(?P<version>\d+)_(?P<file>.+)$", re.DOTALL)


def _owner_on_autolab(match: re.Match[str]) -> tuple[Owner, str, str]:
    owner = Owner(
        group=f"{match['user']}_{match['version']}", people=(Person(match["user"]),), attempt=int(match["version"])
    )
    return owner, match["file"], match["file"]


SOURCE = source_by_name("autolab", _AUTOLAB_NAME, _owner_on_autolab)
