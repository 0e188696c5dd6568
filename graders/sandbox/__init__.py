"""Theory of operation of the sandbox, seen from outside.

The trusted process starts one **server** per worker, with exec in a fresh address space, an empty environment and one
socket. The server (`graders/inside/`) has imported numpy and knows no answers. For each submission it forks one
**child**, which reads its job from a pipe, locks itself in, says so, and only then parses and runs the submission on
all cases. It can write to one pipe and read from the other, where a wrong submission is asked to run on more
cases. The trusted process reads the replies with a byte limit and its own clock, takes them apart as untrusted
bytes, and kills the child by pidfd when a limit is used up or nothing more is to be asked.
If the trusted process dies, the server sees its socket close, kills the child and ends; if the server dies, the kernel
kills the child.

    sandbox.py    what the rest of the package knows of a sandbox
    launch.py     the server's process is started
    server.py     level `kernel`: the fork server
    child.py      one child: what it writes, what it is asked, its end
    spawning.py   level `process`: a fresh process per submission, for systems without these walls
    encoding.py   jobs into bytes
    wire.py       replies from bytes
    observed.py   the same of a diagnosing request and its reply
    reply.py      what a reply says
    execution.py  how a run went: reply, and how the process ended; its records in one table
"""
