"""Keys: behind a passphrase in a file or in the keyring, and no signature but their own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from sparetire.errors import ConfigurationFault, UsageFault
from sparetire.workspace.keys import keep_key, make_key, open_key, signature_holds

PASSPHRASE = "quatre mots faciles à retenir"  # noqa: S105  of keys that live for a test


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def kept() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_a_key_in_a_file_is_its_owner_s_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "legal.key"
    assert keep_key(make_key(PASSPHRASE), path, "legal") == str(path)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in path.read_bytes()
    with pytest.raises(UsageFault, match="exists already"):
        keep_key(make_key(PASSPHRASE), path, "legal")


def test_a_key_in_the_keyring_signs_as_one_in_a_file(kept: MemoryKeyring) -> None:
    where = keep_key(make_key(PASSPHRASE), None, "legal")
    assert "keyring" in where
    assert list(kept.kept) == [("sparetire", "legal")]
    signer = open_key(None, "legal", PASSPHRASE)
    assert signature_holds(signer.public, b"said", signer.sign(b"said"))
    with pytest.raises(ConfigurationFault, match="cannot be opened") as refused:
        open_key(None, "direction", PASSPHRASE)
    assert "no such key" in refused.value.why[0]


def test_without_a_keyring_a_file_is_offered() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # as above
    try:
        with pytest.raises(ConfigurationFault) as refused:
            keep_key(make_key(PASSPHRASE), None, "legal")
        assert "--key FILE" in refused.value.then
    finally:
        keyring.set_keyring(before)


def test_the_wrong_passphrase_opens_nothing_and_is_told_to_nobody(tmp_path: Path) -> None:
    path = tmp_path / "legal.key"
    keep_key(make_key(PASSPHRASE), path, "legal")
    with pytest.raises(ConfigurationFault) as refused:
        open_key(path, "legal", "une autre phrase secrète")
    assert "secrète" not in f"{refused.value.what}{refused.value.why}{refused.value.then}"
    path.write_text("no key at all")
    with pytest.raises(ConfigurationFault, match="cannot be opened"):
        open_key(path, "legal", PASSPHRASE)


def test_one_flipped_bit_anywhere_breaks_a_signature(tmp_path: Path) -> None:
    keep_key(make_key(PASSPHRASE), tmp_path / "a.key", "a")
    keep_key(make_key(PASSPHRASE), tmp_path / "b.key", "b")
    one, two = (open_key(tmp_path / f"{name}.key", name, PASSPHRASE) for name in "ab")
    message = "Personne n’est blessé.".encode()
    signature = one.sign(message)

    assert signature_holds(one.public, message, signature)
    assert not signature_holds(two.public, message, signature)
    for at in range(len(message)):
        changed = bytearray(message)
        changed[at] ^= 1
        assert not signature_holds(one.public, bytes(changed), signature)
    for at in range(0, len(signature) - 2, 7):
        swapped = "A" if signature[at] != "A" else "B"
        forged = f"{signature[:at]}{swapped}{signature[at + 1 :]}"
        assert not signature_holds(one.public, message, forged)
    assert not signature_holds("ed25519:nonsense", message, signature)
    assert not signature_holds(one.public, message, "not base64!")
