"""`make check`: every gate in one go. All run; the last line says how many failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CODE = ["src", "tenants", "provisioning", "tests", "benchmarks", "infra", "manage.py"]
TYPED = ["src", "tenants", "provisioning"]

# Values that only have to be well formed: `check --deploy` looks at settings and opens no connection.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3y-for-the-deploy-check-only-Zq8!mW2#xR7$bN4%vL9^tH6&jC1*",
    "BASE_DOMAIN": "tongxin.example",
    "DATABASE_URL": "postgresql://tongxin@127.0.0.1/tongxin",
    "SMTP_HOST": "127.0.0.1",
}

GATES: list[tuple[str, list[str], dict[str, str]]] = [
    ("style", [str(BIN / "ruff"), "check", *CODE], {}),
    ("format", [str(BIN / "ruff"), "format", "--check", *CODE], {}),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"], {}),
    ("types", [str(BIN / "mypy"), *TYPED], {}),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    ("deploy", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("templates", [str(BIN / "djlint"), "src", "provisioning", "--lint", "--quiet"], {}),
    ("architecture", [PYTHON, "-m", "pytest", "tests/architecture", "-q", "-p", "no:randomly"], {}),
]


def main() -> int:
    failed = []
    for name, command, extra in GATES:
        begun = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **extra}, capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - begun
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name:<14}{seconds:6.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).rstrip(), flush=True)
    print(f"{len(GATES) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
