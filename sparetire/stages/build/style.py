"""The one style sheet of a page: tokens from the brand, rules from the theme."""

import base64
import hashlib
import re

from sparetire.model.palette import Palette

__all__ = ["content_security_policy", "style_sheet"]


def style_sheet(rules: str, palette: Palette) -> str:
    """Return the tokens of both schemes followed by the theme's rules, without spare bytes."""
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in tokens.items())
        for tokens in (palette.light, palette.dark)
    )
    # "screen" matters: without it a phone in dark mode prints white ink on white paper.
    schemes = (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )
    return schemes + _without_spare_bytes(rules)


def content_security_policy(css: str) -> str:
    """Return a policy under which the page may load its own pictures and style, nothing else.

    No script runs, so nothing can connect; ``connect-src`` lets auditors read robots.txt from
    inside the page, as Lighthouse does.
    The style is allowed by its hash (CSP Level 3, section 6.7.3), so style attributes are not.
    """
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src 'self'; connect-src 'self'; "
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _without_spare_bytes(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()
