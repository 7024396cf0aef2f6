"""A small file system of memory, mounted in a namespace of its own, so that disks are really full or read-only.

Nobody else sees the mount, and it goes with the last process in the namespace. It needs `unshare` of util-linux and a kernel
that lets users make namespaces.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from functools import cache
from pathlib import Path

SIZE = "8m"


@cache
def can_mount() -> bool:
    """Whether this machine lets us."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /tmp"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def on_small_disk(folder: Path, held: Path, script: str, size: str = SIZE) -> list[str]:
    """The command that runs a shell script with a small disk at `folder`, which holds a copy of `held`."""
    where, what = shlex.quote(str(folder)), shlex.quote(str(held))
    made = f"mount -t tmpfs -o size={size} tmpfs {where} && cp -a {what}/. {where}/"
    return ["unshare", "-rm", "sh", "-c", f"{made} && cd {where} && {script}"]


FILL = "(head -c 100000000 /dev/zero > filler 2>/dev/null || true)"
"""Takes all room that is left on the disk of the current folder."""
LOCK = "mount -o remount,ro ."
"""Makes the disk of the current folder one that can only be read."""
