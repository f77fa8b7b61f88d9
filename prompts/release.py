"""Lock the prompts that are not locked yet: ``python prompts/release.py``.

A released version never changes. This adds new versions to ``versions.lock`` and makes
a prompt's first version its default; another default is chosen by editing the file.
"""

from __future__ import annotations

import sys
import tomllib
from hashlib import sha256
from pathlib import Path

from followup_agent.prompts import LOCK, PromptLibrary

FOLDER = Path(__file__).parent


def main() -> int:
    """Write the lock; 1 when a released file was changed."""
    path = FOLDER / LOCK
    lock = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    changed = []
    for name, version in PromptLibrary(FOLDER).versions():
        digest = sha256((FOLDER / name / f"v{version}.md").read_bytes()).hexdigest()
        entry = lock.setdefault(name, {"default": version})
        if entry.setdefault(str(version), digest) != digest:
            changed.append(f"{name}@{version}")
    if changed:
        print(f"changed after release: {', '.join(changed)}; add a new version instead")
        return 1
    lines = ["# sha256 of each released prompt, and the default version. Made by release.py."]
    for name in sorted(lock):
        lines += ["", f'["{name}"]', f"default = {lock[name]['default']}"]
        lines += [f'{n} = "{d}"' for n, d in sorted(lock[name].items()) if n != "default"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
