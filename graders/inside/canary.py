# Run as a submission when the sandbox starts: eleven acts that must all be refused. It prints how many were.
# Outside a sandbox all of them succeed and do no harm, so the self-test can fail.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def raise_if_negative(returned):
    if returned < 0:
        raise OSError(ctypes.get_errno(), "refused")
    os.close(returned)


def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def make_file():
    path = f"/dev/shm/exercise-grader-canary-{os.getpid()}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    os.unlink(path)


def map_executable():
    libc.mmap.restype = ctypes.c_void_p
    if libc.mmap(None, ctypes.c_size_t(4096), 7, 0x22, -1, 0) in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "refused")


def listen_on_unix():
    raise_if_negative(libc.socket(1, 1, 0))


ACTS = {
    "read a file": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
    "list a folder": lambda: os.listdir("/"),
    "look at a path": lambda: os.stat("/"),
    "make a file": make_file,
    "open an internet socket": lambda: raise_if_negative(libc.socket(2, 1, 0)),
    "open a datagram socket": lambda: raise_if_negative(libc.socket(2, 2, 0)),
    "open a unix socket": listen_on_unix,
    "start a process": fork,
    "signal a process": lambda: os.kill(os.getpid(), 0),
    "make a memory file": lambda: os.close(os.memfd_create("canary")),
    "map executable memory": map_executable,
}

allowed = []
for name, act in ACTS.items():
    try:
        act()
        allowed.append(name)
    except OSError:
        pass
print("allowed:", ", ".join(allowed) or "nothing")
