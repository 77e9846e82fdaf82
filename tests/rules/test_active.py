from pathlib import Path

import pytest

from tests.rules.spoil import after_replacing
from tests.support.site import INCIDENT_PAGES, clean_site


@pytest.mark.parametrize("path", list(INCIDENT_PAGES.values()))
@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("script", "<script>x()</script>"),
        ("script", '<script type="module">x()</script>'),
        ("script", '<script type="application/ld+json" src="a.json"></script>'),
        ("event-handler", '<img src="" onerror="x()">'),
        ("event-handler", "<p ONCLICK=x()>a</p>"),
        ("event-handler", '<a href="javascript:x()">a</a>'),
        ("event-handler", '<a href=" java\tscript:x()">a</a>'),
        ("event-handler", '<a href="&#106;avascript:x()">a</a>'),
        ("event-handler", '<a href="data:text/html,x">a</a>'),
        ("event-handler", '<button formaction="javascript:x()">a</button>'),
        ("frame-or-form", '<iframe src="/"></iframe>'),
        ("frame-or-form", "<form><input></form>"),
        ("frame-or-form", "<object></object>"),
        ("frame-or-form", '<base href="/">'),
        ("style-attribute", '<p style="color: red">a</p>'),
    ],
)
def test_whatever_runs_is_seen_with_its_line(
    path: str, rule: str, text: str, tmp_path: Path
) -> None:
    (finding,) = after_replacing(tmp_path, rule, path, "</head>", f"\n{text}</head>")
    line = clean_site()[path].partition("</head>")[0].count("\n") + 2
    assert finding.place == f"{path}, line {line}"


@pytest.mark.parametrize(
    "rule", ["script", "event-handler", "frame-or-form", "style-attribute"]
)
@pytest.mark.parametrize(
    "text",
    [
        "<p>onclick=x() javascript: &lt;script&gt; style=</p>",
        '<p title="onclick=x() &lt;form&gt;">a</p>',
        '<script type="application/ld+json">{"a": "<form onclick=x()>"}</script>',
        "<!-- <script>x()</script> -->",
    ],
)
def test_words_about_scripts_pass(rule: str, text: str, tmp_path: Path) -> None:
    path = INCIDENT_PAGES["fr"]
    assert not after_replacing(tmp_path, rule, path, "<main", f"{text}<main")
