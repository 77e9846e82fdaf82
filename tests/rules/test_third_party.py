from pathlib import Path

import pytest

from tests.rules.spoil import after_adding, after_replacing
from tests.support.site import BASE, INCIDENT_PAGES


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://x.example/a.png">',
        '<img src="//x.example/a.png">',
        '<img srcset="a.png 1x, https://x.example/a.png 2x">',
        '<script src="https://x.example/a.js"></script>',
        '<link rel="stylesheet" href="https://x.example/a.css">',
        '<link rel="preconnect" href="https://x.example">',
        '<link rel="shortcut icon" href="https://x.example/a.ico">',
        '<iframe src="https://x.example/"></iframe>',
        '<video poster="https://x.example/a.png"></video>',
        '<video><source src="https://x.example/a.mp4"></video>',
        '<object data="https://x.example/a.svg"></object>',
        '<svg><use href="https://x.example/a.svg#b"/></svg>',
        '<p style="background: url(https://x.example/a.png)">a</p>',
        '<style>@import "https://x.example/a.css";</style>',
        "<style>p { background: URL( 'https://x.example/a.png' ) }</style>",
        '<meta http-equiv="refresh" content="0; url=https://x.example/">',
        '<img src="http://[broken/a.png">',
        # The same host over http is another origin: it can be changed on the way.
        f'<img src="{BASE.replace("https", "http")}/a.png">',
    ],
)
def test_whatever_the_browser_would_ask_another_site_is_seen(
    code: str, text: str, tmp_path: Path
) -> None:
    path = INCIDENT_PAGES[code]
    (finding,) = after_replacing(tmp_path, "third-party", path, "<main", f"{text}<main")
    assert finding.place.startswith(path)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://x.example/">Site</a>',
        '<a href="http://x.example/">Site</a>',
        '<link rel="alternate" href="https://x.example/">',
        '<img src="data:image/png;base64,AAAA">',
        f'<img src="{BASE}/assets/logo.0a1b2c3d.svg">',
        '<img src="/assets/logo.0a1b2c3d.svg">',
    ],
)
def test_links_and_own_files_pass(text: str, tmp_path: Path) -> None:
    path = INCIDENT_PAGES["fr"]
    assert not after_replacing(tmp_path, "third-party", path, "<main", f"{text}<main")


def test_style_sheets_are_read_too(tmp_path: Path) -> None:
    style = "@font-face { src: url(https://x.example/font.woff2) }"
    (finding,) = after_adding(tmp_path, "third-party", "assets/b.css", style)
    assert finding.place == "assets/b.css"
