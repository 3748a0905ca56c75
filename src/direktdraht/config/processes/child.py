"""Become a supervised child: end with the parent, then turn into the wanted program.

Run as ``python -m direktdraht.config.processes.child [--unprivileged] PARENT_PID COMMAND…``. It keeps its
process id through ``exec``, so the parent supervises the program itself. PostgreSQL refuses to run as root;
``--unprivileged`` puts it into a user namespace of its own (user_namespaces(7)) in which it is uid 1000
while its files stay with the user that started it.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)
CLONE_NEWUSER = 0x10000000  # unshare(2)
UNPRIVILEGED_ID = 1000
NO_NAMESPACE = 77  # exit status: the kernel forbids user namespaces


def end_with_parent(parent: int, sign: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send ``sign`` when the parent ends, and end now if it already has.

    A parent that is stopped politely stops its children itself; this is for one that was killed. Web and worker
    lose nothing by a kill, and a polite end could wait for ever for a database that is gone too.
    """
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)


def enter_user_namespace() -> None:
    """Become uid 1000 in a new user namespace that maps it to the present user.

    Raises:
        OSError: the kernel or the container forbids user namespaces.
    """
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER) was refused")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{UNPRIVILEGED_ID} {uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{UNPRIVILEGED_ID} {gid} 1", encoding="ascii")


def main(arguments: Sequence[str]) -> None:
    """Set the process up as asked and replace it by the command."""
    words = list(arguments)
    unprivileged = words[:1] == ["--unprivileged"]
    if unprivileged:
        words = words[1:]
    parent, command = int(words[0]), words[1:]
    if unprivileged:
        try:
            enter_user_namespace()
        except OSError as problem:
            print(problem, file=sys.stderr)
            sys.exit(NO_NAMESPACE)
    end_with_parent(parent, signal.SIGINT if command[0].endswith("postgres") else signal.SIGKILL)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
