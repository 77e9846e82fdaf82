"""What goes wrong between us and a git server, in words, without showing a token."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dulwich.client import HTTPProxyUnauthorized, HTTPUnauthorized, StrangeHostname
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository
from dulwich.file import FileLocked
from urllib3.exceptions import HTTPError

from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    Locked,
    SparetireError,
)
from sparetire.hosts.proxy import proxy_failure

__all__ = ["Asked", "branch_refused", "refused", "translated"]

_MOST_TOLD = 5  # lines of a server
_AGAIN = "Run the same command again; if it goes on, publish to your backup target."
_KEYS = ("permission denied", "host key verification failed", "authentication failed")
_FORBIDDEN = ("http resp 401", "http resp 403")
_ABSENT = ("does not appear to be a git repository", "not found", "does not exist")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which repository was asked, and where its token would be."""

    repository: str
    token_env: str

    @property
    def web(self) -> bool:
        """Whether it is reached over HTTP, with a token."""
        return self.repository.startswith(("http://", "https://"))


@contextmanager
def translated(asked: Asked) -> Iterator[None]:
    """Turn what dulwich and the network say into words.

    Raises:
        SparetireError: Instead of every exception of theirs inside.
    """
    try:
        yield
    except (HTTPUnauthorized, HTTPProxyUnauthorized) as error:
        raise _unauthorized(asked, error) from error
    except FileLocked as error:
        raise _held(asked, str(error.lockfilename)) from error
    except NotGitRepository as error:
        raise _absent(asked) from error
    except HangupException as error:
        said = " ".join(line.decode(errors="replace") for line in error.stderr_lines or ())
        raise _explain(asked, said or "it hung up") from error
    except (ValueError, NotImplementedError, StrangeHostname) as error:
        raise ConfigurationFault(
            f"{asked.repository} cannot be used.",
            why=f"The git library cannot read what it answers: {error}. It reads no repository "
            "whose names are SHA-256.",
            then="Correct repository in sparetire.toml, or use one with SHA-1 names.",
        ) from error
    except (GitProtocolError, HTTPError, OSError, AssertionError, EOFError) as error:
        # dulwich asserts what a server must say: one that says something else is no git server.
        failed = proxy_failure(asked.repository, error)
        raise _explain(asked, failed or str(error) or type(error).__name__) from error


def refused(asked: Asked, said: str = "") -> CredentialsRefused:
    """Return the error of a server that does not know us, or does not let us push."""
    told = f" It says: {said}" if said else ""
    if asked.web:
        return CredentialsRefused(
            f"{asked.repository} refuses us.",
            why=f"It does not take the token in {asked.token_env}, or there is none.{told}",
            then=f"Put a token that may push there into {asked.token_env}.",
        )
    return CredentialsRefused(
        f"{asked.repository} refuses us.",
        why=f"It does not take the keys of your SSH agent.{told}",
        then="Try ssh with that server by hand once, then run the same command again.",
    )


def branch_refused(asked: Asked, branch: str, said: str, more: bytes) -> CredentialsRefused:
    """Return the error of a branch that the server protects, with the server's own words.

    Args:
        asked: The repository.
        branch: The name of the branch.
        said: The status of the branch, such as ``protected branch hook declined``.
        more: What the server wrote besides, such as ``GH006: Protected branch update failed``.
    """
    lines = more.decode(errors="replace").replace("\r", "\n").splitlines()
    told = [line.strip() for line in lines if line.strip()][:_MOST_TOLD]
    return CredentialsRefused(
        f"{asked.repository} does not let the branch {branch!r} be moved.",
        why=[_without_token(line, asked) for line in (f"It says: {said.strip()}", *told)],
        then="Allow pushes to that branch at the service (protection, rules, hooks), or write "
        "another branch in sparetire.toml.",
    )


def _without_token(line: str, asked: Asked) -> str:
    token = os.environ.get(asked.token_env)
    return line.replace(token, "…") if token else line


def _explain(asked: Asked, said: str) -> SparetireError:
    heard = said.lower()
    if any(sign in heard for sign in (*_KEYS, *_FORBIDDEN)):
        return refused(asked, said)
    if any(sign in heard for sign in _ABSENT) and "http resp 5" not in heard:
        return _absent(asked)
    return _unreachable(asked, said)


def _unauthorized(asked: Asked, error: Exception) -> SparetireError:
    if isinstance(error, HTTPProxyUnauthorized):
        return _unreachable(asked, f"A proxy in front of it asks for a password: {error}")
    return refused(asked)


def _unreachable(asked: Asked, why: str) -> HostUnreachable:
    return HostUnreachable(
        f"{asked.repository} cannot be reached as it must.", why=why, then=_AGAIN
    )


def _held(asked: Asked, lock: str) -> Locked:
    return Locked(
        f"{asked.repository} is being written by another program.",
        why=f"Its lock is there: {lock}. A git that was killed leaves it behind.",
        then="Wait a moment, or remove that file if no git is at work; then run again.",
    )


def _absent(asked: Asked) -> ConfigurationFault:
    hidden = " Private ones look the same to those without a token." if asked.web else ""
    return ConfigurationFault(
        f"There is no repository at {asked.repository}.",
        why=f"The server finds none there.{hidden}",
        then=(
            f"Correct repository in sparetire.toml, or the token in {asked.token_env}."
            if asked.web
            else "Correct repository in sparetire.toml."
        ),
    )
