"""Ed25519 keys (RFC 8032): made, kept behind a passphrase or in the keyring, and used.

The only place that knows the libraries for signatures and for keyrings.
"""

import base64
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from sparetire.disk import local_disk
from sparetire.errors import ConfigurationFault, UsageFault

__all__ = ["Signer", "keep_key", "make_key", "open_key", "signature_holds"]

PREFIX = "ed25519:"
_SERVICE = "sparetire"


class Signer:
    """A private key that was opened; it never leaves this object."""

    def __init__(self, pem: bytes, passphrase: bytes | None) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  slow
            Ed25519PrivateKey,
        )
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415  slow
            load_pem_private_key,
        )

        key = load_pem_private_key(pem, passphrase)
        if not isinstance(key, Ed25519PrivateKey):
            message = "not an Ed25519 key"
            raise TypeError(message)
        self._key = key

    @property
    def public(self) -> str:
        """The public key, as sparetire.toml names it."""
        return PREFIX + base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, message: bytes) -> str:
        """Return the signature, in base64."""
        return base64.b64encode(self._key.sign(message)).decode()


def make_key(passphrase: str) -> bytes:
    """Return a new private key, encrypted, as PEM (PKCS #8)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  slow
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415  slow
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    secret = BestAvailableEncryption(passphrase.encode())
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret)


def keep_key(pem: bytes, path: Path | None, role: str) -> str:
    """Keep a private key in a file for its owner alone, or in the keyring; say where it is.

    Raises:
        UsageFault: A key is there already.
        ConfigurationFault: There is no keyring to keep it in.
    """
    if path is None:
        with _keyring() as keyring:
            keyring.set_password(_SERVICE, role, pem.decode())
        return f"the keyring, under {_SERVICE} and {role}"
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise UsageFault(
                f"{path} exists already.",
                why="A key that is written over can never sign again.",
                then="Name another file: --key FILE",
            ) from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
    return str(path)


def open_key(path: Path | None, role: str, passphrase: str) -> Signer:
    """Return the key of a role, from its file or from the keyring.

    Raises:
        ConfigurationFault: It is not there, or the passphrase is wrong.
    """
    where = str(path) if path else f"the keyring, under {_SERVICE} and {role}"
    try:
        pem = path.read_bytes() if path else _from_keyring(role)
        return Signer(pem, passphrase.encode())
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationFault(
            "The key cannot be opened.",
            why=f"{where}: {_cause(error)}",
            then="Check the passphrase and the place of the key: --key FILE",
        ) from error


def signature_holds(public: str, message: bytes, signature: str) -> bool:
    """Tell whether a signature is that key's, over these bytes."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  slow
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  slow
        Ed25519PublicKey,
    )

    with suppress(ValueError, InvalidSignature):
        raw = base64.b64decode(public.removeprefix(PREFIX), validate=True)
        given = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(raw).verify(given, message)
        return True
    return False


def _cause(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it cannot be read"
    return "the passphrase is wrong, or it is no Ed25519 key"


def _from_keyring(role: str) -> bytes:
    with _keyring() as keyring:
        kept: str | None = keyring.get_password(_SERVICE, role)
    if kept is None:
        raise FileNotFoundError(errno.ENOENT, "no such key")
    return kept.encode()


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    advice = "Keep the key in a file: --key FILE"
    try:
        import keyring  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConfigurationFault(
            "There is no keyring to use.", why="pip install sparetire[keyring]", then=advice
        ) from error
    try:
        yield keyring
    except keyring.errors.KeyringError as error:
        raise ConfigurationFault(
            "The keyring of this machine cannot be used.", why=str(error), then=advice
        ) from error
