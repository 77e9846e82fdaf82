"""One style sheet from brand and theme, allowed by its hash and nothing else."""

import base64
import hashlib
import re

from sparetire.model.colour import Colour
from sparetire.model.palette import make_palette
from sparetire.stages.build.style import content_security_policy, style_sheet

PALETTE = make_palette(Colour.parse("#0b3d66"), Colour.parse("#f58220"))


def test_the_brand_comes_first_in_both_schemes() -> None:
    css = style_sheet("a { color: var(--link); }", PALETTE)
    light, dark = css.split("@media screen and (prefers-color-scheme:dark)")
    assert f"--fill:{PALETTE.light['fill']};" in light
    assert f"--link:{PALETTE.dark['link']};" in dark
    assert css.endswith("a{color: var(--link)}")


def test_spare_bytes_go_and_rules_stay() -> None:
    rules = """
    /* a note { with: braces } */
    .a > .b , .c {
        margin : 0 auto;
        width: calc(100% - 2rem);
    }
    """
    assert style_sheet(rules, PALETTE).endswith(
        ".a>.b,.c{margin : 0 auto;width: calc(100% - 2rem)}"
    )


def test_the_policy_lets_nothing_load_but_pictures_of_our_own() -> None:
    css = style_sheet("p{}", PALETTE)
    rules = dict(rule.strip().split(" ", 1) for rule in content_security_policy(css).split(";"))
    assert rules.pop("img-src") == rules.pop("connect-src") == "'self'"
    found = re.fullmatch(r"'sha256-(.+)'", rules.pop("style-src"))
    assert found is not None
    assert base64.b64decode(found[1]) == hashlib.sha256(css.encode()).digest()
    assert set(rules.values()) == {"'none'"}
    assert "default-src" in rules
