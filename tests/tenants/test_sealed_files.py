"""A sealed file opens with its key, for its workspace, whole; otherwise not at all."""

import secrets
from pathlib import Path
from uuid import uuid4

import pytest

from tenants import sealed_files
from tenants.sealed_files import BrokenFile, seal, unseal

KEY, WORKSPACE = secrets.token_bytes(32), uuid4()


@pytest.fixture(params=[0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "plain"
    path.write_bytes(secrets.token_bytes(request.param))
    return path


def opened(sealed: Path, tmp_path: Path, *, key: bytes = KEY, workspace: object = WORKSPACE) -> Path:
    out = tmp_path / "out"
    unseal(sealed, out, key=key, workspace=workspace)  # type: ignore[arg-type]
    return out


def test_what_was_sealed_comes_back(plain: Path, tmp_path: Path) -> None:
    digest = seal(plain, tmp_path / "sealed", key=KEY, workspace=WORKSPACE)
    assert opened(tmp_path / "sealed", tmp_path).read_bytes() == plain.read_bytes()
    assert len(digest) == 64
    assert plain.stat().st_size < 16 or plain.read_bytes()[:64] not in (tmp_path / "sealed").read_bytes()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "two-frames"
    path.write_bytes(b"x" * 1_500_000)
    seal(path, tmp_path / "sealed", key=KEY, workspace=WORKSPACE)
    return tmp_path / "sealed"


def damaged(sealed: Path, change) -> None:
    raw = bytearray(sealed.read_bytes())
    sealed.write_bytes(bytes(change(raw)))


def flip(place: int):
    def change(raw: bytearray) -> bytearray:
        raw[place] ^= 1
        return raw

    return change


FRAME = (1 << 20) + 16
HEAD = len(sealed_files._MAGIC) + 16


@pytest.mark.parametrize(
    "change",
    [
        flip(0),
        flip(10),
        flip(HEAD + 5),
        flip(-1),
        lambda raw: raw[:-1],
        lambda raw: raw[: HEAD + FRAME],  # the last frame cut off, cleanly
        lambda raw: raw[:HEAD] + raw[HEAD + FRAME :],  # the first one
        lambda raw: raw[:HEAD] + raw[HEAD + FRAME :] + raw[HEAD : HEAD + FRAME],  # exchanged
        lambda raw: raw + raw[HEAD + FRAME :],
        lambda raw: b"",
        lambda raw: raw[:4],
    ],
)
def test_a_file_that_was_touched_is_refused_and_leaves_nothing(sealed: Path, tmp_path: Path, change) -> None:
    damaged(sealed, change)
    with pytest.raises(BrokenFile):
        opened(sealed, tmp_path)
    assert not (tmp_path / "out").exists()


def test_another_key_or_another_workspace_opens_nothing(sealed: Path, tmp_path: Path) -> None:
    for wrong in ({"key": secrets.token_bytes(32)}, {"workspace": uuid4()}):
        with pytest.raises(BrokenFile):
            opened(sealed, tmp_path, **wrong)
