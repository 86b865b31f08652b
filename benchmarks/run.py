"""Run every benchmark; each prints ratios measured within one run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SCRIPTS = (
    *(
        "edition.py",
        "rendering.py",
        "commands.py",
        "checking.py",
        "serving.py",
        "swapping.py",
        "shacl.py",
    ),
    *("changes.py", "merging.py"),
    *(
        "lists.py",
        "history.py",
        "past.py",
        "definitions/blind.py",
        "search.py",
        "matching/evaluate.py",
    ),
    "build.py",
)


def main() -> int:
    """Run them one after the other and give the first exit code that is not 0."""
    codes = [
        subprocess.run([sys.executable, str(FOLDER / script)], check=False).returncode
        for script in SCRIPTS
    ]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
