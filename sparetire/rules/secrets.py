"""Credentials in a text: whoever reads the page could use them."""

import re
from collections.abc import Iterator

from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import matches

__all__ = ["secret_shown"]

# Every repetition has a limit: no text, however odd, may hold up a launch.
_GIVEN = r"['\"]?\s{0,3}(?:[:=]|is\b|est\b)\s{0,3}['\"]?"
_WITH_A_DIGIT = r"(?=\S{0,60}[0-9])(?=\S{0,60}[a-z])(?!\S{0,60}@)"
_NAMES = (
    "password|passwd|passphrase|mot de passe|mdp|pwd|api[ _-]?key|cl[ée] d[’']api"
    "|client[ _-]secret|access[ _-]token"
)
_SECRETS = (
    r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",  # AWS IAM: unique identifiers
    rf"(?i:\baws_?(?:secret_?access_?key|session_?token)\b{_GIVEN}[a-z0-9/+=]{{30,2000}})",
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----",  # RFC 7468; OpenSSH; PGP
    r"\bPuTTY-User-Key-File-\d",
    r"\bgh[oprsu]_[A-Za-z0-9]{36,255}\b|\bgithub_pat_[A-Za-z0-9_]{22,255}\b",
    r"\bglpat-[A-Za-z0-9_-]{20,255}",
    r"\bxox[abeoprs]-[A-Za-z0-9-]{10,255}\b",  # Slack
    r"\bhttps://hooks\.slack\.com/services/[A-Za-z0-9/]{20,255}",
    r"\bAIza[A-Za-z0-9_-]{35}\b",  # Google
    r"\b(?:sk|rk)_live_[A-Za-z0-9]{16,255}\b",  # Stripe
    r"\bsk-[A-Za-z0-9_-]{32,255}\b",
    r"\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}\b",  # SendGrid
    r"\beyJ[A-Za-z0-9_-]{10,400}\.eyJ[A-Za-z0-9_-]{10,400}",
    r"(?i:\bAccountKey=[a-z0-9+/]{40,255}={0,2})",  # Azure storage
    r"(?i:[?&](?:X-Amz-Signature|X-Goog-Signature|sig)=[a-z0-9%]{20,255})",
    # An address with a password in it (RFC 3986, section 3.2.1).
    r"(?i:\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@<>()]{1,100}:[^\s/:@<>()]{3,100}@[a-z0-9])",
    rf"(?i:\b(?:{_NAMES})\b{_GIVEN}{_WITH_A_DIGIT}[^\s<>|]{{6,200}})",
)
_SECRET = re.compile("|".join(_SECRETS))
_SHOWN = 4


def secret_shown(draft: Draft) -> Iterator[Sight]:
    """No password, no access key, no private key goes public: a page is copied in seconds."""
    for line, found in matches(draft, _SECRET, unescaped=True):
        yield (
            line.place,
            f"This looks like a password or an access key: {found.strip()[:_SHOWN]!r}…",
            "Take it out, and have it replaced where it is used: others may have seen it.",
        )
