"""Who may approve what goes public, and how many of them it takes."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sparetire.config.section import Name, Section

__all__ = ["ApprovalCount", "ApprovalHours", "Approver"]


def _public_key(value: str) -> str:
    if len(value) != len("ed25519:") + 44:
        message = "must be a public key, as sparetire approve --new-key prints it"
        raise ValueError(message)
    return value


ApprovalCount = Literal[0, 1, 2]
ApprovalHours = Annotated[int, Field(ge=1, le=168)]
Role = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]
PublicKey = Annotated[
    str, Field(pattern=r"^ed25519:[A-Za-z0-9+/]+=*$"), AfterValidator(_public_key)
]


class Approver(Section):
    """A person who may sign; several with one role are each other's deputies."""

    name: Name
    role: Role
    key: PublicKey
