"""Run the tests on every supported Python that this machine has; name what ran and what was not found.

Browser and process tests stay with ``make test``: they do not depend on the interpreter's version.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")


def interpreters() -> dict[str, Path]:
    """Supported versions that really start, on the path or below pyenv's folder."""
    found: dict[str, Path] = {}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in SUPPORTED:
        on_path = shutil.which(f"python{version}")
        candidates = [Path(on_path)] if on_path else []
        candidates += sorted(pyenv.glob(f"{version}.*/bin/python{version}"), reverse=True)
        for candidate in candidates:
            if starts(candidate, version):
                found[version] = candidate
                break
    return found


def starts(python: Path, version: str) -> bool:
    """Whether this file is a working interpreter of the version."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == version


def run_tests(version: str, python: Path) -> str:
    """Make an environment for this Python below ``build/`` and run the tests; returns pytest's closing line."""
    folder = ROOT / "build" / f"python{version}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([str(python), "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "pip"), "install", "-q"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "dev.txt")], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
        (folder / "ready").touch()
    command = [str(folder / "bin" / "pytest"), "-q", "-n", "2", "--dist", "loadfile", "-m", "not browser and not processes"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = answer.stdout.strip().splitlines()
    if answer.returncode != 0:
        print("\n".join(lines[-30:]))
    return lines[-1] if lines else answer.stderr.strip()


def main() -> int:
    """Run them all; exit status 1 if one failed."""
    found = interpreters()
    closings = {version: run_tests(version, python) for version, python in found.items()}
    for version in SUPPORTED:
        print(f"Python {version}: {closings.get(version, 'not found on this machine')}")
    return 1 if any("failed" in line or "error" in line for line in closings.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
