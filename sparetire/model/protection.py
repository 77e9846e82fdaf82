"""The headers with which a server protects the pages, whoever runs it.

Names and values are those of the OWASP Secure Headers project. The exact policy for the style
is in each page, where its hash is known; a browser obeys both. What only a header can say, that
nobody may frame the page, is said here.
"""

__all__ = ["HEADERS", "missing"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def missing(answered: set[str], *, secure: bool) -> tuple[str, ...]:
    """Return which of them an answer lacks.

    Args:
        answered: The names of its headers, in any case.
        secure: It came by https; over http browsers ignore Strict-Transport-Security.
    """
    named = {name.lower() for name in answered}
    wanted = [name for name in HEADERS if secure or name != "Strict-Transport-Security"]
    return tuple(name for name in wanted if name.lower() not in named)
