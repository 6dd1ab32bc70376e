"""A sealed key opens for its own school, with its own master key."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Damaged
from core.model import SchoolId
from core.store.secrets import FileVault
from tests.core.store.records import SCHOOL


def test_a_key_opens_for_its_own_school_only(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "sub" / "secret.key")
    sealed = vault.seal(SCHOOL, "geheim-1234")
    assert "geheim" not in sealed
    assert vault.open(SCHOOL, sealed) == "geheim-1234"
    assert FileVault(tmp_path / "sub" / "secret.key").open(SCHOOL, sealed) == "geheim-1234"
    with pytest.raises(Damaged):
        vault.open(SchoolId("12AB", "01"), sealed)
    with pytest.raises(Damaged):
        vault.open(SCHOOL, sealed[:-6] + "AAAAAA")
    with pytest.raises(Damaged):
        FileVault(tmp_path / "other.key").open(SCHOOL, sealed)


def test_a_master_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    vault = FileVault(path)
    vault.seal(SCHOOL, "x")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(Damaged, match="0640"):
        vault.seal(SCHOOL, "x")
    path.chmod(0o600)
    path.write_bytes(b"short\n")
    with pytest.raises(Damaged):
        vault.seal(SCHOOL, "x")
