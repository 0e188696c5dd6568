"""Can a submission do what it must not? Each attack is refused, gains nothing, and the next submission is right.

One attack a line; `tests/test_escapes.py` has hundreds more, one a file. What proves each wall is `test_walls.py`.
"""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graders.errors import SandboxError
from graders.exercise.bank import draw_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from graders.grading import Grader
from graders.inside.canary import ACTS, allowed_acts
from graders.outcome import Verdict
from graders.sandbox.encoding import encode_job, encode_request, encode_setup
from graders.sandbox.launch import branched, launch
from graders.sandbox.reply import Stop
from graders.sandbox.server import KernelSandbox
from graders.sandbox.spawning import ProcessSandbox
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.processes import children_of, ends, wait_for
from tests.support.sandboxes import RIGHT, WRONG, launched_now

ROOT = Path(__file__).parent.parent

C = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"

REFUSED_ATTACKS = {
    "reads the reference → refused": f"open({str(ROOT / 'reference' / 'backprop.py')!r}).read()",
    "reads the password file → refused": "open('/etc/passwd').read()",
    "reads its own memory → refused": "open('/proc/self/mem', 'rb').read(1)",
    "reads its parent's environment → refused": "import os\nopen(f'/proc/{os.getppid()}/environ').read()",
    "lists a folder → refused": "import os\nos.listdir('/')",
    "looks at a path → refused": "import os\nos.stat('/etc')",
    "writes to /tmp → refused": "open('/tmp/left-behind', 'w').write('x')",
    "writes to /dev/shm → refused": "import os\nos.open('/dev/shm/left', os.O_CREAT | os.O_WRONLY)",
    "deletes a file → refused": "import os\nos.unlink('/tmp/something')",
    "changes permissions → refused": "import os\nos.chmod('/tmp', 0o777)",
    "makes a folder → refused": "import os\nos.mkdir('/tmp/left-behind')",
    "makes a link → refused": "import os\nos.symlink('/etc', '/tmp/left-behind')",
    "changes the working folder → refused": "import os\nos.fchdir(0)",
    "connects over TCP → refused": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "sends over UDP → refused": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "opens a unix socket → refused": "import socket\nsocket.socket(socket.AF_UNIX)",
    "opens a socket pair → refused": "import socket\nsocket.socketpair()",
    "opens a netlink socket → refused": "import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "forks → refused": "import os\nos.fork()",
    "executes a program → refused": "import os\nos.execv('/bin/true', ['true'])",
    "runs a program → refused": "import os\nos.posix_spawn('/bin/true', ['true'], {})",
    "starts a thread → refused": "import _thread\n_thread.start_new_thread(print, ())",
    "signals its parent → refused": "import os\nos.kill(os.getppid(), 9)",
    "signals everybody → refused": "import os\nos.kill(-1, 9)",
    "stops itself → refused": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "makes a memory file → refused": "import os\nos.memfd_create('x')",
    "makes a pipe → refused": "import os\nos.pipe()",
    "duplicates the result pipe → refused": "import os\nos.dup(3)",
    "closes the result pipe → refused": "import os\nos.close(3)",
    "reads the result pipe → refused": "import os\nos.read(3, 1)",
    "sets an alarm → refused": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 100)",
}
"""Submissions that try something unguarded: PermissionError, so `forbidden`, before any result is there."""

RAW_ATTACKS = {
    "open": "libc.syscall(257, -100, b'/etc/passwd', 0)",
    "socket": "libc.syscall(41, 2, 1, 0)",
    "fork": "libc.syscall(57)",
    "clone": "libc.syscall(56, 17, 0, 0, 0, 0)",
    "execve": "libc.syscall(59, b'/bin/true', 0, 0)",
    "kill": "libc.syscall(62, libc.syscall(110), 9)",
    "ptrace": "libc.syscall(101, 16, libc.syscall(110), 0, 0)",
    "process_vm_readv": "libc.syscall(310, libc.syscall(110), 0, 0, 0, 0, 0)",
    "shmget": "libc.syscall(29, 0, 4096, 0o1600)",
    "msgget": "libc.syscall(68, 0, 0o1600)",
    "semget": "libc.syscall(64, 0, 1, 0o1600)",
    "memfd_create": "libc.syscall(319, b'x', 0)",
    "keyctl": "libc.syscall(250, 0, -3, 0)",
    "unshare": "libc.syscall(272, 0x10000000)",
    "io_uring_setup": "libc.syscall(425, 8, ctypes.create_string_buffer(256))",
    "bpf": "libc.syscall(321, 0, 0, 0)",
    "userfaultfd": "libc.syscall(323, 0)",
    "prlimit64": "libc.syscall(302, 0, 0, ctypes.create_string_buffer(b'\\xff' * 16), 0)",
    "prctl": "libc.syscall(157, 1, 0)",
    "seccomp": "libc.syscall(317, 0, 0, 0)",
    "landlock_create_ruleset": "libc.syscall(444, 0, 0, 1)",
    "setresuid": "libc.syscall(117, 0, 0, 0)",
    "pidfd_open": "libc.syscall(434, libc.syscall(110), 0)",
    "sched_setaffinity": "libc.syscall(203, 0, 8, b'\\x01' * 8)",
    "mmap executable": "libc.syscall(9, 0, 4096, 7, 0x22, -1, 0)",
    "write to fd 1": "libc.syscall(1, 1, b'x', 1)",
    "write to fd 2": "libc.syscall(1, 2, b'x', 1)",
    "x32 getpid": "libc.syscall(0x40000000 + 39)",
}
"""Raw system calls on x86_64; each must fail (or, on a foreign ABI, end the process)."""

CHEATS = {
    "forges a frame → tampered": "import os\nos.write(3, b'\\x02\\0\\0\\0\\0\\0\\0\\0{}')",
    "floods the result pipe → stopped": "import os\nwhile True:\n    os.write(3, b'x' * 65536)",
    "says it is done before it begins → crashed": "import os\nos.write(3, bytes(8))\n" + RIGHT,
    "says it is done and goes on → killed": "import os\nos.write(3, bytes(8))\nwhile True: pass",
    "floods the pipe with empty frames → tampered": "import os\nwhile True:\n    os.write(3, bytes(65536))",
    "answers what is not asked → tampered": "import os\n"
    'text = b\'{"kind": "more", "values": {}, "faults": [], "fault_of": []}\'\n'
    "os.write(3, len(text).to_bytes(4, 'little') + bytes(4) + text)\n" + RIGHT,
    "sends half a frame → tampered": "import os\nos.write(3, b'\\xff' * 7)",
    "leaves at once → crashed": "import os\nos._exit(0)",
    "aborts → crashed": "import os\nos.abort()",
    "crashes the interpreter → crashed": "import ctypes\nctypes.string_at(1)",
    "patches the comparison → nothing to patch": "import numpy as np\nnp.allclose = lambda *a, **k: True\n" + WRONG,
    "patches numpy's asarray → wrong": "import numpy as np\nnp.asarray = lambda *a, **k: np.zeros(2)\n" + WRONG,
    "patches json → not used": WRONG + "\nimport json\njson.dumps = json.JSONEncoder = lambda *a, **k: '{}'\n",
    "looks for the answers in memory → finds none": WRONG
    + "\nimport gc\nfor o in gc.get_objects():\n    if isinstance(o, dict) and 'answers' in o:\n"
    "        delta_w_h_o = o['answers']\n",
    "looks in the modules → finds nothing trusted": "import sys\n"
    "assert not any(n.startswith('graders') for n in sys.modules)\n" + WRONG,
    "behaves on the first case only → wrong": "import builtins\n"
    "n = builtins.__dict__.setdefault('n', [0])\nn[0] += 1\n"
    + RIGHT.replace("error = target - output", "error = (target - output) * (1 if n[0] == 1 else 2)"),
    "array with hostile methods → wrong type": "import numpy as np\nclass A(np.ndarray):\n"
    "    def __eq__(self, other): return True\n    def tobytes(self, *a): return b''\n"
    + RIGHT
    + "\ndelta_w_h_o = (delta_w_h_o * 2).view(A)\n",
    "object that raises on conversion → wrong type": RIGHT
    + "\nclass B:\n    def __array__(self, *a, **k): raise BaseException('boo')\ndelta_w_h_o = B()\n",
}
"""Submissions that try to get points they do not deserve."""


@pytest.fixture(scope="module")
def short_grader() -> Iterator[Grader]:
    """A grader with short limits and a small bank."""
    exercise = load_exercise("backprop")
    exercise = replace(exercise, limits=replace(exercise.limits, wall_s=3, cpu_s=1, memory_mib=256))
    reference = Reference(exercise)
    bank = draw_bank(exercise, reference, seed=0, count=10)
    launched = launch()
    if launched is None:
        pytest.skip("no kernel sandbox on this system")
    with KernelSandbox(launched, exercise.limits) as sandbox:
        yield Grader(exercise, reference, bank, sandbox)


def grade(grader: Grader, source: str) -> tuple[str, float, str]:
    report = grader.grade(decode_submission("attack.py", source.encode()))
    return str(report.verdict), report.score.points, report.stdout + str(report.fault)


def assert_next_is_right(grader: Grader) -> None:
    assert grade(grader, RIGHT)[:2] == ("correct", 100)


@pytest.mark.parametrize("name", REFUSED_ATTACKS)
def test_an_act_is_refused(short_grader: Grader, name: str) -> None:
    assert grade(short_grader, f"{REFUSED_ATTACKS[name]}\n{RIGHT}")[:2] == ("forbidden", 0)
    assert_next_is_right(short_grader)


@pytest.mark.parametrize("name", RAW_ATTACKS)
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="system call numbers of x86_64")
def test_a_raw_system_call_is_refused(short_grader: Grader, name: str) -> None:
    source = f"{C}result = {RAW_ATTACKS[name]}\nprint('returned', result, ctypes.get_errno())\n"
    verdict, _, text = grade(short_grader, source)
    if name == "x32 getpid":
        assert verdict == "crashed"
    else:
        assert "returned -1 " in text, text
    assert_next_is_right(short_grader)


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_gains_nothing(short_grader: Grader, name: str) -> None:
    verdict, points, _ = grade(short_grader, CHEATS[name])
    honest = 50 if "hostile methods" in name or "conversion" in name else 20
    assert points <= honest
    assert verdict not in ("not-graded", "correct")
    assert_next_is_right(short_grader)


@pytest.mark.parametrize(
    "recursion",
    [
        "class A:\n    def __repr__(self): return f'{[self]}'\nrepr(A())",
        "class A:\n    def __eq__(self, other): return [self] == [other]\nA() == A()",
        "import json\ndef text(value): return json.dumps(value, default=text)\ntext(object())",
    ],
)
def test_recursion_through_c_code_ends_before_the_stack_and_keeps_the_results(
    short_grader: Grader, recursion: str
) -> None:
    raised = "import sys\nsys.setrecursionlimit(10**9)\n"
    verdict, points, text = grade(short_grader, f"{raised}{RIGHT}\n{recursion}")
    assert (verdict, points) == ("correct", 100)
    assert "RecursionError" in text
    assert grade(short_grader, f"{raised}{recursion}\n{RIGHT}")[:2] == ("exception", 0)


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True: pass", "timeout"),
        ("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()", "timeout"),
        ("import os\nos.read(4, 1)", "timeout"),  # waits for a request, which comes after its answer
        ("x = bytearray(1 << 31)", "memory-limit"),
        ("import numpy as np\nx = np.ones(1 << 28)", "memory-limit"),
        ("while True: print('x' * 1000)", "output-limit"),
        ("def f(): f()\nf()", "exception"),
        ("raise SystemExit", "crashed"),
        ("while True: input()", "exception"),
    ],
)
def test_a_limit_ends_a_run_and_nothing_else(short_grader: Grader, source: str, verdict: str) -> None:
    assert grade(short_grader, source)[:2] == (verdict, 0)
    assert_next_is_right(short_grader)


@pytest.mark.parametrize("imports", ["", "import numpy.random, sqlite3, unittest, decimal, numpy.ma, numpy.testing\n"])
def test_the_memory_limit_is_above_what_the_process_has_before_the_submission(
    short_grader: Grader, imports: str
) -> None:
    take = "import numpy as np\nmuch = np.empty({mib} << 20, np.uint8)\ndel much\n"
    assert grade(short_grader, imports + take.format(mib=250) + RIGHT)[:2] == ("correct", 100)
    assert grade(short_grader, imports + take.format(mib=257) + RIGHT)[:2] == ("memory-limit", 0)


def test_the_memory_limit_is_above_what_many_cases_take() -> None:
    exercise = load_exercise("backprop")
    exercise = replace(exercise, limits=replace(exercise.limits, memory_mib=256))
    reference = Reference(exercise)
    bank = draw_bank(exercise, reference, seed=0, count=10)
    many = replace(bank, cases=[*bank.cases] * 1000)
    with KernelSandbox(launched_now(), exercise.limits) as sandbox:
        grader = Grader(exercise, reference, many, sandbox)
        take = "import numpy as np\nif 'n' not in vars(np): np.n = np.empty(250 << 20, np.uint8).size\n"
        assert grade(grader, take + RIGHT)[:2] == ("correct", 100)


@pytest.mark.parametrize("call", ["median(p)", "quantile(p, [0.1, 0.9])", "isin(p, p)"])
def test_numpy_finds_what_it_loads_only_when_a_function_is_called(short_grader: Grader, call: str) -> None:
    source = f"import numpy as np\np = np.linspace(0.0, 1.0, 20)\nnp.{call}\n{RIGHT}"
    assert grade(short_grader, source)[:2] == ("correct", 100)


def test_a_submission_larger_than_a_pipe_holds_is_run_whole(short_grader: Grader) -> None:
    assert grade(short_grader, f"# {'x' * (1 << 20)}\n{RIGHT}")[:2] == ("correct", 100)


def test_the_self_test_is_refused_in_the_sandbox_and_succeeds_outside() -> None:
    with KernelSandbox(launched_now(), load_exercise("backprop").limits) as sandbox:
        sandbox.check_walls()
    assert allowed_acts() == list(ACTS)


def test_more_is_asked_of_the_process_that_ran_or_of_a_new_one_where_that_is_gone() -> None:
    exercise = load_exercise("backprop")
    wrong, right = (encode_job(exercise, [(None, source)]) for source in (WRONG, RIGHT))
    request = encode_request(exercise, [exercise.fixed] * 3)
    with open_grader("backprop", cases=2) as grader:
        sandbox = grader._sandbox
        assert isinstance(sandbox, KernelSandbox)

        def asked() -> tuple[dict[str, list[float]], int]:
            execution = sandbox.ask(wrong, request, cases=3)
            assert (execution.stop, execution.reply.bank is None) == (Stop.BY_ITSELF, False)
            assert execution.reply.more is not None
            values = {name: column.flat.tolist() for name, column in execution.reply.more.columns.items()}
            return values, len(execution.reply.more.fault_of)

        sandbox.run(wrong)
        (child,) = children_of(sandbox.server_pid)
        at_once = asked()
        assert children_of(sandbox.server_pid) == [child]
        assert asked() == at_once  # any number of times
        sandbox.run(right)
        assert asked() == at_once  # another submission was run in between
        os.kill(sandbox.server_pid, signal.SIGKILL)
        assert asked() == at_once
        sandbox.release()
        assert wait_for(lambda: [] if children_of(sandbox.server_pid) else [sandbox.server_pid])
        assert at_once[1] == 3
        assert at_once[0]["error"] != [0.0] * 3


def test_a_server_forked_from_another_has_walls_of_its_own_and_outlives_it() -> None:
    exercise = load_exercise("backprop")
    first = launched_now()
    second = first.branch()
    with KernelSandbox(first, exercise.limits) as original, KernelSandbox(second, exercise.limits) as branch:
        branch.check_walls()
        process = branch.server_pid
        assert process in children_of(original.server_pid)
        if os.geteuid() == 0:  # else the children of both are whoever this process is
            assert branch.walls != original.walls
        os.kill(original.server_pid, signal.SIGKILL)
        branch.prepare(encode_setup(exercise, [step.name for step in exercise.steps], [exercise.fixed]), 1)
        execution = branch.run(encode_job(exercise, [(None, RIGHT)]))
        assert execution.stop is Stop.BY_ITSELF
        assert execution.reply.fixed is not None
    assert ends(process, within_s=10)


def test_a_server_that_is_gone_has_no_branches() -> None:
    first = launched_now()
    first.control.close()
    with pytest.raises(SandboxError, match="another server cannot be started"):
        first.branch()
    first.process.kill()
    first.process.wait()


def test_branches_that_nobody_takes_are_ended() -> None:
    with branched(launched_now(), 3) as starting:
        taken = starting()
    assert taken is not None
    with KernelSandbox(taken, load_exercise("backprop").limits) as sandbox:
        sandbox.check_walls()
        assert wait_for(lambda: [] if children_of(sandbox.server_pid) else [sandbox.server_pid])


def test_a_fault_of_the_graders_own_is_not_graded_and_never_a_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    from graders.errors import ServerDied

    exercise = load_exercise("backprop")
    reference = Reference(exercise)
    bank = draw_bank(exercise, reference, seed=0, count=1)
    with ProcessSandbox(exercise.limits) as sandbox:
        grader = Grader(exercise, reference, bank, sandbox)

        def die(*_: object, **__: object) -> None:
            raise ServerDied("the sandbox's server ended: it said nothing")

        monkeypatch.setattr(sandbox, "run", die)
        report = grader.grade(decode_submission("a.py", RIGHT.encode()))
    assert report.verdict is Verdict.NOT_GRADED
    assert report.fault is not None
    assert "not the student's fault" in report.fault.message


def test_numbers_drawn_at_random_and_addresses_are_the_same_in_two_sandboxes() -> None:
    drawn = "print(random.random(), np.random.rand(), np.random.default_rng().random())\n"
    source = f"import random\nimport numpy as np\n{drawn}print(lambda: 0, iter(''))\n"
    said = []
    for _ in range(2):
        with open_grader("backprop", cases=1) as grader:
            said.append(grader.grade(decode_submission("a.py", source.encode())).stdout)
    assert said[0] == said[1]
    assert said[0].count("at 0x…>") == 2
