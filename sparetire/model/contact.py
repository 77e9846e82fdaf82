"""What can serve as a phone number or an e-mail address on a public page."""

import re

__all__ = ["read_contact_email", "read_contact_phone"]

_FEWEST_DIGITS = 3  # an emergency or information line: 911, 811
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"  # letters of any language: a name may be médias@boréal.ca
_EMAIL = re.compile(rf"[^\s@<>()\[\],;:\"\\]+@{_LABEL}(?:\.{_LABEL})+")


def read_contact_email(text: str) -> str:
    """Return an e-mail address as it will be shown; nothing stays nothing.

    Raises:
        ValueError: It is none; RFC 5322, section 3.4.1, without its quoted forms.
    """
    text = text.strip()
    if text and not _EMAIL.fullmatch(text):
        message = f"{text!r} is not an e-mail address. Example: medias@boreal.example"
        raise ValueError(message)
    return text


def read_contact_phone(text: str) -> str:
    """Return a phone number as it will be shown; nothing stays nothing.

    Words may stand beside the digits: ``418 555-0142, poste 12``.

    Raises:
        ValueError: It holds too few digits to be dialled.
    """
    text = text.strip()
    if text and len(re.sub(r"\D", "", text)) < _FEWEST_DIGITS:
        message = f"{text!r} is not a phone number. Example: +1 418 555-0142"
        raise ValueError(message)
    return text
