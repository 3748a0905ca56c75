"""Debian's Dovecot as a mail server of its own in a folder: IMAP and LMTP, or LMTP that is passed on to another receiver."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes.house import free_port, wait_for
from tests.submissions.demail_counterpart import listens

PASSWORD = "regen-auf-dem-marktplatz-7"
PROGRAM = shutil.which("dovecot") or ""
WHY_SKIPPED = "" if PROGRAM and Path("/usr/lib/dovecot/lmtp").exists() else "dovecot-imapd or dovecot-lmtpd is missing: make setup-system"
NOBODY = 65534  # mails belong to nobody where the tests run as root
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_username_chars =
auth_username_format = %Lu
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
mail_max_userip_connections = 50
lmtp_proxy = yes
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = {passdb}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """The running server."""

    imap: int
    lmtp: int
    folder: Path


@contextmanager
def running(*, proxy_to: int | None = None) -> Iterator[Dovecot]:
    """A server; with ``proxy_to`` it passes on every mail over LMTP to that port of this machine."""
    folder = Path(tempfile.mkdtemp(prefix="dd-dovecot-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    owner, group = (NOBODY, NOBODY) if os.getuid() == 0 else (os.getuid(), os.getgid())
    os.chown(folder / "mail", owner, group)
    imap, lmtp = free_port(), free_port()
    passdb = f"password={PASSWORD}" if proxy_to is None else f"proxy=y host=127.0.0.1 port={proxy_to} nopassword=y"
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(folder=folder, passdb=passdb, uid=owner, gid=group, imap=imap, lmtp=lmtp), encoding="utf-8")
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: listens(imap) and listens(lmtp), 20, "dovecot")
        yield Dovecot(imap, lmtp, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
