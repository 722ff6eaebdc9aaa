"""The baseline of a server (security.md §4), read in a process of its own as a server would read it."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.gates import PRODUCTION, ROOT

NAMES = [
    "DEBUG",
    "ALLOWED_HOSTS",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_DOMAIN",
    "CSRF_COOKIE_DOMAIN",
    "USE_X_FORWARDED_HOST",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "CONTENT_SECURITY_POLICY",
    "X_FRAME_OPTIONS",
    "PASSWORD_HASHERS",
    "MAILBOX",
    "STYLEGUIDE",
    "CSRF_TRUSTED_ORIGINS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "DATABASE_ROUTERS",
]


def read(**changed: str) -> "subprocess.CompletedProcess[str]":
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{n: getattr(settings, n) for n in {NAMES!r}}}, default=str))"
    )
    environment = {**os.environ, **PRODUCTION, **changed, "PYTHONPATH": "src:."}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def settings() -> dict:
    done = read()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_is_debugged_and_only_our_hosts_answer(settings: dict) -> None:
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["tongxin.example", ".tongxin.example"]
    assert settings["USE_X_FORWARDED_HOST"] is False
    assert settings["CSRF_TRUSTED_ORIGINS"] == []


def test_cookies_belong_to_one_host(settings: dict) -> None:
    for kind in ("SESSION", "CSRF"):
        assert settings[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert settings[f"{kind}_COOKIE_SECURE"] and settings[f"{kind}_COOKIE_HTTPONLY"]
        assert settings[f"{kind}_COOKIE_DOMAIN"] is None
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_transport_is_strict_for_a_year(settings: dict) -> None:
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["SECURE_SSL_REDIRECT"] and settings["SECURE_CONTENT_TYPE_NOSNIFF"]
    assert settings["X_FRAME_OPTIONS"] == "DENY"


def test_pages_load_nothing_from_elsewhere(settings: dict) -> None:
    policy = settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[directive] == ["'none'"]
    allowed = {source for values in policy.values() if isinstance(values, list) for source in values}
    assert not {source for source in allowed if "//" in source or "unsafe" in source or source == "*"}


def test_passwords_are_argon2_and_laptop_pages_are_off(settings: dict) -> None:
    assert "Argon2" in settings["PASSWORD_HASHERS"][0]
    assert settings["MAILBOX"] is None and settings["STYLEGUIDE"] is False


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "too weak"),
        ("SECRET_KEY", "a" * 60, "too weak"),
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("DATABASE_URL", "mysql://x/y", "write postgresql://"),
        ("BASE_DOMAIN", "", "BASE_DOMAIN is not set"),
        ("STATEMENT_TIMEOUT_MS", "soon", "whole number"),
        ("SSL_REDIRECT", "perhaps", "yes or no"),
    ],
)
def test_a_server_refuses_to_start_unsafe_or_half_told(variable: str, value: str, said: str) -> None:
    done = read(**{variable: value})
    assert done.returncode != 0
    assert said in done.stderr
