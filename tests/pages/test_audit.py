"""The audit must see what it is there to see: a page with known faults, and one without."""

from pathlib import Path

import pytest

from tests.pages.audit import audit

pytestmark = pytest.mark.browser

SOUND = """<!doctype html>
<html lang="en-CA">
<head>
<meta charset="utf-8"><title>Diesel spill: what we know</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src * data:; style-src 'unsafe-inline'">
<link rel="icon" href="data:,"><style>:focus-visible { outline: 3px solid }</style>
</head>
<body><a href="#content">Skip to content</a>
<main id="content" tabindex="-1"><h1>Diesel spill</h1><p>Nobody was hurt.</p></main></body>
</html>
"""

FAULTS = {
    "axe color-contrast": ("<p>", '<p style="color:#ccc;background:#fff">'),
    "axe html-has-lang": (' lang="en-CA"', ""),
    "axe landmark-one-main": ("main", "div"),
    "keyboard": ("#content", "#elsewhere"),
    "print": ("<p>", "<details><summary>Why?</summary><p>It burst.</p></details><p>"),
    "Nu error": ("<p>", "<p><center>old</center>"),
    "Nu warning": ("<p>", "<section><p>alone</p></section><p>"),
    "console": ("</body>", "<script>undefined_name()</script></body>"),
    "script": ("</body>", "<script>1</script></body>"),
    "status": ("</main>", '<img src="lost.png" alt=""></main>'),
    "other-origin": ("</main>", '<img src="http://127.0.0.1:9/x.png" alt=""></main>'),
    "scrolls-sideways": ("<p>", '<p style="width:500px">'),
    "weight of the style": ("</head>", "<style>{noise}</style></head>"),
}


def noise() -> str:
    # Text that does not compress: the numbers of a simple generator.
    state, words = 1, []
    for _ in range(1200):
        state = (state * 1103515245 + 12345) % 2**31
        words.append(f".c{state:x}{{order:{state % 997}}}")
    return "".join(words)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    site = tmp_path_factory.mktemp("site")
    site.joinpath("sound.html").write_text(SOUND, encoding="utf-8")
    for number, (old, new) in enumerate(FAULTS.values()):
        page = SOUND.replace(old, new.replace("{noise}", noise()))
        site.joinpath(f"fault-{number}.html").write_text(page, encoding="utf-8")
    rules: dict[str, set[str]] = {}
    for finding in audit(site, tmp_path_factory.mktemp("shots")):
        rules.setdefault(finding.page, set()).add(finding.rule)
    return rules


def test_a_sound_page_has_no_finding(seen: dict[str, set[str]]) -> None:
    assert seen.get("sound.html", set()) == set()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found(seen: dict[str, set[str]], rule: str) -> None:
    page = f"fault-{list(FAULTS).index(rule)}.html"
    assert rule in seen.get(page, set())


def test_every_page_is_pictured_for_phone_and_desktop_in_light_and_dark(
    tmp_path: Path,
) -> None:
    tmp_path.joinpath("index.html").write_text(SOUND, encoding="utf-8")
    shots = tmp_path / "shots"
    audit(tmp_path, shots)
    names = {path.stem for path in shots.glob("*.png")}
    expected = {
        f"{size}-{scheme}" for size in ("phone", "desktop") for scheme in ("light", "dark")
    }
    assert names == {f"root--{each}" for each in expected}
