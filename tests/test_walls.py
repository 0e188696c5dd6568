"""Is each wall needed, and who ends whom? Each is taken away: then an attack succeeds that was stopped before.

The server is started by a small driver that loads the sandbox's own package and leaves out the walls it is told to.
seccomp stands in front of the others, so those are proven with it taken away too.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from graders.errors import SandboxError, SandboxUnavailable
from graders.exercise.asked import Exercise
from graders.exercise.loading import root
from graders.inside.canary import ACTS
from graders.outcome import Verdict
from graders.sandbox.encoding import encode_job, encode_setup
from graders.sandbox.launch import INSIDE, Launched, launch, start
from graders.sandbox.reply import Execution
from graders.sandbox.server import KernelSandbox
from graders.session import Materials, Terms, load_materials, open_sandboxed
from graders.submission import Submission, decode_submission
from tests.support.attacks import attack_on, make_decoys
from tests.support.processes import children_of, ends, is_locked_in, wait_for, watching
from tests.support.sandboxes import RIGHT, launched_now, skipping_without_kernel

DRIVER = """
import importlib.util, os, socket, sys

main_file, control, uid, *removed = sys.argv[1:]
spec = importlib.util.spec_from_file_location("start", main_file)
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
start._load_package()

from inside import confinement, serving

prctl, prepare = confinement._prctl, confinement.prepare
left_out = {number for name, number in (("pdeathsig", 1), ("seccomp", 22)) if name in removed}
confinement._prctl = lambda option, *words: None if option in left_out else prctl(option, *words)


def prepare_less(uid):
    if "broken" in removed:
        raise OSError(38, "no system call table for this machine")
    walls = prepare(uid)
    if "landlock" in removed:
        walls = walls._replace(landlock_abi=0)
    return walls._replace(uid=None) if "uid" in removed else walls


def refuse(*_, **__):
    raise OSError(1, "this kernel refuses it")


serving.prepare = prepare_less
if "uid" in removed:
    confinement._drop_capabilities = lambda: None
if "rlimits" in removed:
    confinement.limit_resources = lambda **_: None
if "descriptors" in removed:

    def keep_all(result_fd, request_fd, null_fd):
        request_fd = os.dup(request_fd)
        os.dup2(result_fd, confinement.RESULT_FD)
        os.dup2(request_fd, confinement.REQUEST_FD)

    confinement.keep_only = keep_all
if "loading" in removed:
    confinement._prctl = lambda option, *words: refuse() if option == 22 else prctl(option, *words)
if "locking" in removed:
    from inside import child

    child.confine = refuse
serving.serve(socket.socket(fileno=int(control)), uid=int(uid))
"""

ALL = ("seccomp", "landlock", "uid", "rlimits", "descriptors", "pdeathsig")

REAL = """
    access_path alarm_self chdir_tmp chmod_submission chown_submission ctypes_machine_code dup_channel
    epoll_create_set eventfd_counter fcntl_channel fork_process getcwd_path gethostname_host getpwuid_root
    glob_decoys io_open_code_submission ioctl_channel kill_parent libc_fork_process libc_msgget_left
    libc_semget_left libc_shmget_left libc_system_shell listdir_proc_parent_fd listdir_proc_siblings listdir_root
    logging_file_tmp memfd_create_file mkdir_tmp mkfifo_tmp mkstemp_tmp mmap_executable mmap_noreserve_memory_limit
    mmap_shared_memory_limit mprotect_executable mremap_memory_limit np_fromfile_submission np_genfromtxt_report
    np_loadtxt_submission np_memmap_submission np_save_tmp np_tofile_tmp np_zeros_memory_limit open_dev_mem
    open_dev_shm open_etc_passwd open_exercise open_other_submission open_proc_parent_environ open_proc_self_environ
    open_proc_self_fd open_proc_self_maps open_proc_self_mem open_proc_self_root open_reference open_write_tmp
    opendir_root pathlib_read_report pidfd_open_self pipe_pair popen_shell posix_spawn_program pthread_create_thread
    ptrace_traceme raise_signal_self read_stdin readlink_proc_exe rename_submission rmtree_submissions
    sbrk_memory_limit scandir_tmp sched_getaffinity_machine setpriority_self setrlimit_memory setsid_session
    shm_open_object signal_handler_self socket_from_descriptor socket_netlink socket_tcp socket_udp socket_unix
    socketpair_unix start_new_thread stat_etc_passwd subprocess_run_program symlink_reference syscall_alarm_self
    syscall_capget_self syscall_chdir_tmp syscall_clone_process syscall_fchmodat_submission
    syscall_fcntl_channel_size syscall_fstat_descriptors syscall_getcwd_path syscall_getuid_self
    syscall_inotify_init syscall_kill_parent syscall_linkat_submission syscall_memfd_create_file syscall_mkdirat_tmp
    syscall_mknodat_tmp syscall_msgget_left syscall_openat_create_tmp syscall_openat_other_submission
    syscall_openat_proc_self_mem syscall_openat_reference syscall_pidfd_open_parent syscall_pipe2_pair
    syscall_ppoll_channel syscall_prctl_deathsig syscall_prctl_name syscall_prlimit_parent syscall_prlimit_time
    syscall_read_descriptors syscall_readlinkat_proc_cwd syscall_renameat2_submission syscall_rt_sigqueueinfo_parent
    syscall_seccomp_filter syscall_semget_left syscall_sendmsg_channel syscall_setrlimit_files syscall_shmget_left
    syscall_sigprocmask_self syscall_socket_netlink syscall_socket_tcp syscall_socket_udp syscall_socket_unix
    syscall_socketpair_unix syscall_splice_channel syscall_statfs_root syscall_statx_path syscall_sysinfo_machine
    syscall_tgkill_self syscall_timerfd_clock syscall_truncate_report syscall_umask_process syscall_uname_host
    syscall_unlinkat_submission syscall_vmsplice_channel system_shell timer_thread truncate_report
    uname_host unlink_submission utime_submission walk_decoys write_to_control_socket write_to_stdout
""".split()
"""Attacks that succeed in a process without walls on any usual kernel, and then say so."""

REAL_AS_ROOT = """
    chroot_tmp setuid_root syscall_setresuid_root
""".split()
"""And those that succeed only as root."""

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

SLEEPER = "import ctypes\nctypes.CDLL(None).sleep(1000)\n"


def start_without(folder: Path, *removed: str) -> Launched:
    """Start a server that leaves out these walls, in place of `launch`."""
    driver = folder / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    program = [sys.executable, "-I", str(driver), str(INSIDE / "__main__.py")]
    return start(lambda control_fd: [*program, str(control_fd), "61199", *removed])


@pytest.fixture(scope="module")
def short(exercise: Exercise) -> Exercise:
    """The exercise with short limits. Skips everything here where the kernel has no sandbox, but never in CI."""
    limited = replace(exercise, limits=replace(exercise.limits, wall_s=1, cpu_s=1))
    launched = launch()
    if launched is None:
        pytest.skip("no kernel sandbox here: not Linux")
    with skipping_without_kernel():
        KernelSandbox(launched, limited.limits).close()
    return limited


@contextmanager
def sandbox_without(short: Exercise, folder: Path, *removed: str) -> Iterator[KernelSandbox]:
    """Open a sandbox that lacks these walls."""
    with closing(KernelSandbox(start_without(folder, *removed), short.limits)) as sandbox:
        sandbox.prepare(encode_setup(short, [step.name for step in short.steps], [short.fixed] * 2), 2)
        yield sandbox


def run_attack(sandbox: KernelSandbox, short: Exercise, folder: Path, name: str) -> Execution:
    return sandbox.run(encode_job(short, [(None, attack_on(folder / "decoys", f"{name}.py"))]))


def succeeded(execution: Execution) -> bool:
    return execution.reply.head is not None and "ATTACK SUCCEEDED" in execution.reply.head.stdout


def attack(short: Exercise, folder: Path, name: str, *removed: str) -> bool:
    with sandbox_without(short, folder, *removed) as sandbox:
        return succeeded(run_attack(sandbox, short, folder, name))


@pytest.mark.long
@pytest.mark.parametrize("name", ["stat_etc_passwd", "memfd_create_file", "syscall_socket_udp"])
def test_without_seccomp_alone_an_attack_succeeds(short: Exercise, tmp_path: Path, name: str) -> None:
    assert not attack(short, tmp_path, name)
    assert attack(short, tmp_path, name, "seccomp")


@pytest.mark.long
def test_landlock_stops_a_file_without_seccomp_and_without_landlock_nothing_does(
    short: Exercise, tmp_path: Path
) -> None:
    with sandbox_without(short, tmp_path, "seccomp") as sandbox:
        if "no Landlock" in sandbox.walls:
            pytest.skip("this kernel has no Landlock")
        assert not succeeded(run_attack(sandbox, short, tmp_path, "open_etc_passwd"))
    assert attack(short, tmp_path, "open_etc_passwd", "seccomp", "landlock")


@pytest.mark.long
@pytest.mark.skipif(not IS_ROOT, reason="only root has a uid to give up")
def test_the_uid_stops_a_change_of_user_and_without_it_nothing_does(short: Exercise, tmp_path: Path) -> None:
    assert not attack(short, tmp_path, "setuid_root", "seccomp", "landlock")
    assert attack(short, tmp_path, "setuid_root", "seccomp", "landlock", "uid")


@pytest.mark.long
@pytest.mark.parametrize("name", ["mmap_noreserve_memory_limit", "sbrk_memory_limit", "np_zeros_memory_limit"])
def test_without_the_limits_alone_an_attack_succeeds(short: Exercise, tmp_path: Path, name: str) -> None:
    assert not attack(short, tmp_path, name)
    assert attack(short, tmp_path, name, "rlimits")


@pytest.mark.long
def test_without_closed_descriptors_a_submission_finds_the_servers_socket(short: Exercise, tmp_path: Path) -> None:
    assert not attack(short, tmp_path, "socket_from_descriptor", "seccomp", "landlock")
    assert attack(short, tmp_path, "socket_from_descriptor", "seccomp", "landlock", "descriptors")


@pytest.mark.long
@pytest.mark.parametrize("removed", [(), ("pdeathsig",)])
def test_a_child_dies_with_its_server_and_without_the_signal_it_does_not(
    short: Exercise, tmp_path: Path, removed: tuple[str, ...]
) -> None:
    survivors: list[int] = []

    def kill(server: int, children: list[int]) -> None:
        os.kill(server, signal.SIGKILL)
        survivors.extend(child for child in children if not ends(child, within_s=0.3))

    with sandbox_without(short, tmp_path, *removed) as sandbox:
        sandbox._setup = None  # so that no other server is started
        with watching(sandbox.server_pid, kill), pytest.raises(SandboxError):
            sandbox.run(encode_job(short, [(None, SLEEPER)]))
    assert bool(survivors) == bool(removed)
    assert all(ends(child, within_s=2) for child in survivors)  # at the latest when its time is up


@pytest.mark.long
def test_with_no_walls_the_attacks_are_real(short: Exercise, tmp_path: Path) -> None:
    real = [*REAL, *REAL_AS_ROOT] if IS_ROOT else REAL
    harmless = []
    before = set(sysv_objects())
    make_decoys(tmp_path / "decoys")
    with sandbox_without(short, tmp_path, *ALL) as sandbox:
        for name in real:
            if not succeeded(run_attack(sandbox, short, tmp_path, name)):
                harmless.append(name)
    for kind, number in set(sysv_objects()) - before:
        remove_sysv_object(kind, number)
    assert len(real) >= 25
    assert not harmless


@pytest.mark.long
def test_the_self_test_is_refused_by_the_walls_and_finds_every_act_allowed_without_them(
    short: Exercise, tmp_path: Path
) -> None:
    with sandbox_without(short, tmp_path) as sandbox:
        sandbox.check_walls()
    with (
        sandbox_without(short, tmp_path, *ALL) as sandbox,
        pytest.raises(SandboxUnavailable, match=f"allowed: {', '.join(ACTS)}$"),
    ):
        sandbox.check_walls()


@pytest.mark.long
@pytest.mark.parametrize("removed", ["seccomp", "loading"])
def test_a_kernel_without_seccomp_is_noticed_at_the_start(short: Exercise, tmp_path: Path, removed: str) -> None:
    launched = start_without(tmp_path, removed)
    with pytest.raises(SandboxError), open_sandboxed(few_networks(short), Terms(), launched):
        pass
    assert not Path(f"/proc/{launched.process.pid}").exists()


@pytest.mark.long
def test_a_machine_without_a_system_call_table_is_noticed_at_the_start(short: Exercise, tmp_path: Path) -> None:
    with (
        pytest.raises(SandboxUnavailable, match="no system call table"),
        open_sandboxed(few_networks(short), Terms(), start_without(tmp_path, "broken")),
    ):
        pass


@pytest.mark.long
def test_a_kernel_without_landlock_still_refuses_everything_and_its_walls_say_so(
    short: Exercise, tmp_path: Path
) -> None:
    with sandbox_without(short, tmp_path, "landlock") as sandbox:
        assert "no Landlock" in sandbox.walls
    with open_sandboxed(few_networks(short), Terms(), start_without(tmp_path, "landlock")) as grader:
        assert grader.grade(right_submission()).verdict is Verdict.CORRECT


def test_a_child_that_cannot_be_locked_in_runs_nothing_and_is_not_graded(short: Exercise, tmp_path: Path) -> None:
    with open_sandboxed(few_networks(short), Terms(), start_without(tmp_path, "locking")) as grader:
        report = grader.grade(right_submission())
    assert report.verdict is Verdict.NOT_GRADED
    assert report.fault is not None
    assert "could not be locked in" in report.fault.message


def test_a_submission_that_sleeps_is_ended_by_the_clock(short: Exercise) -> None:
    with open_sandboxed(few_networks(short), Terms()) as grader:
        started = time.monotonic()
        report = grader.grade(decode_submission("sleeper.py", SLEEPER.encode()))
        assert report.verdict is Verdict.TIMEOUT
        assert time.monotonic() - started < 30
        assert grader.grade(right_submission()).verdict is Verdict.CORRECT


def test_a_submission_is_graded_right_although_its_server_was_killed(short: Exercise) -> None:
    slow = replace(short, limits=replace(short.limits, wall_s=5))
    text = RIGHT.replace(
        "import numpy as np", "import ctypes\nimport numpy as np\nctypes.CDLL(None).usleep(150_000)", 1
    )
    launched = launched_now()
    with (
        open_sandboxed(few_networks(slow), Terms(), launched) as grader,
        watching(launched.process.pid, lambda server, _: os.kill(server, signal.SIGKILL)),
    ):
        assert grader.grade(decode_submission("slow.py", text.encode())).verdict is Verdict.CORRECT


def test_a_submission_is_not_graded_if_every_server_is_killed(short: Exercise) -> None:
    with open_sandboxed(few_networks(short), Terms()) as grader:
        sandbox = grader._sandbox
        assert isinstance(sandbox, KernelSandbox)
        over = threading.Event()

        def kill_servers() -> None:
            while not over.is_set():
                server = sandbox.server_pid
                if any(is_locked_in(child) for child in children_of(server)):
                    with suppress(ProcessLookupError):  # it has ended since, and the next one is looked for
                        os.kill(server, signal.SIGKILL)
                time.sleep(0.002)

        killer = threading.Thread(target=kill_servers)
        killer.start()
        try:
            report = grader.grade(decode_submission("sleeper.py", SLEEPER.encode()))
        finally:
            over.set()
            killer.join()
        assert report.verdict is Verdict.NOT_GRADED
        assert report.score.points == 0


PARENT = """
import sys
from graders.exercise.loading import load_exercise
from graders.sandbox.launch import launch
from graders.sandbox.server import KernelSandbox
from graders.sandbox.encoding import encode_job, encode_setup

exercise, launched = load_exercise("backprop"), launch()
sandbox = KernelSandbox(launched, exercise.limits)
sandbox.prepare(encode_setup(exercise, [step.name for step in exercise.steps], [exercise.fixed]), 1)
print(launched.process.pid, flush=True)
sandbox.run(encode_job(exercise, [(None, "while True: pass")]))
"""


def test_nothing_remains_when_the_parent_is_killed(short: Exercise) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=root()) as parent:
        assert parent.stdout is not None
        server = int(parent.stdout.readline())
        children = wait_for(lambda: [child for child in children_of(server) if is_locked_in(child)])
        parent.kill()
        parent.wait()
        assert all(ends(process, within_s=2) for process in (server, *children))


def right_submission() -> Submission:
    return decode_submission("backprop.py", RIGHT.encode())


def few_networks(short: Exercise) -> Materials:
    """Return what a grader of few networks needs."""
    return replace(load_materials("backprop", cases=2), exercise=short)


def sysv_objects() -> list[tuple[str, int]]:
    """Return kind and id of every System V object. Source: proc(5), sysvipc."""
    found = []
    for kind in ("shm", "sem", "msg"):
        table = Path("/proc/sysvipc") / kind
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        found += [(kind, int(line.split()[1])) for line in lines]
    return found


def remove_sysv_object(kind: str, number: int) -> None:
    """Remove what an attack that succeeded left behind (IPC_RMID is 0)."""
    libc = ctypes.CDLL(None)
    if kind == "sem":
        libc.semctl(number, 0, 0)
    else:
        getattr(libc, f"{kind}ctl")(number, 0, None)
