"""In the page: compiles the modules of its archives, once for all later workers.

Neither Python's library nor numpy comes compiled, and a worker lives for one check only: it would spend most of its
start on unpacking and compiling what the one before it had unpacked and compiled, too.
"""

import importlib.util
import io
import marshal
import sys
import zipfile

_OURS = ("graders/", "inside/")

_UNCHECKED = (1).to_bytes(4, "little")
"""Says that the source's hash is not compared: the archive holds both."""


def with_compiled(packed: bytes, root: str) -> bytes:
    """Return an archive with the compiled form of all our modules in it, and of others that are imported from it now.

    Nothing in it is compressed: `worker.js` hands each file to Python as a part of the archive.

    `root`: the folder in which the archive was unpacked, or the archive itself where Python imports from it.
    """
    imported = {getattr(module, "__file__", None) for module in sys.modules.values()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in source.namelist():
            if name.endswith("/"):  # a folder comes with its first file
                continue
            content = source.read(name)
            archive.writestr(name, content)
            # Ours are imported at need, and most are needed; of other packages some parts never are.
            if name.endswith(".py") and (name.startswith(_OURS) or f"{root}/{name}" in imported):
                # Inside of an archive Python looks beside the source, elsewhere in a folder.
                beside = f"{name}c" if root.endswith(".zip") else importlib.util.cache_from_source(name)
                archive.writestr(beside, _compiled(content, f"{root}/{name}"))
    return target.getvalue()


def _compiled(source: bytes, path: str) -> bytes:
    code = marshal.dumps(compile(source, path, "exec", dont_inherit=True))
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source) + code
