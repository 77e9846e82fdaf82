import pytest

from tests.support.draft import draft_findings, spoilt


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<IFRAME src='https://x.example'></IFRAME>",
        '<p onclick="x()">Bonjour</p>',
        "<p class=a ONLOAD = x>Bonjour</p>",
        "[Bonjour](javascript:alert(1))",
    ],
)
def test_markup_that_will_be_removed_is_told(text: str) -> None:
    (finding,) = draft_findings("markup-removed", spoilt("fr", body=f"Un.\n{text}"))
    assert finding.place == "enonce.md, line 2"


@pytest.mark.parametrize(
    "text",
    ["Le **script** du film", "5 < 6 and one = 1", "<em>Attention</em>", "Parlez on-line"],
)
def test_plain_markup_passes(text: str) -> None:
    assert not draft_findings("markup-removed", spoilt("en", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "![Carte](https://x.example/carte.png)",
        "![](//x.example/a.png)",
        "![Carte]( https://x.example/carte.png)",
        "![a](<http://x.example/a b.png>)",
        '<img alt="a" src="https://x.example/a.png">',
    ],
)
def test_a_remote_picture_is_told_as_one(text: str) -> None:
    words = spoilt("fr", body=text)
    assert draft_findings("picture-remote", words)
    assert not draft_findings("picture-unsupported", words)


@pytest.mark.parametrize(
    "text",
    [
        "![Map](map.png)",
        "![Map](./a/map.png 'Map')",
        "![Map][1]",
        "![](data:image/png,a)",
        '<img src="map.png">',
    ],
)
def test_a_picture_beside_the_text_is_told_as_unsupported(text: str) -> None:
    words = spoilt("en", body=text)
    assert draft_findings("picture-unsupported", words)
    assert not draft_findings("picture-remote", words)


@pytest.mark.parametrize("text", ["Attention![1] Voir", "[Carte](https://x.example/carte.png)"])
def test_links_are_no_pictures(text: str) -> None:
    words = spoilt("fr", body=text)
    assert not draft_findings("picture-remote", words)
    assert not draft_findings("picture-unsupported", words)


@pytest.mark.parametrize(
    "text",
    [
        "[Site](http://x.example)",
        "<http://x.example>",
        "[1]: http://x.example",
        '<a href="http://x.example">Site</a>',
    ],
)
def test_a_link_that_is_not_secure_is_told(text: str) -> None:
    assert draft_findings("link-insecure", spoilt("en", body=text))


@pytest.mark.parametrize("text", ["[Site](https://x.example)", "http:// n’est pas sûr"])
def test_secure_links_and_plain_words_pass(text: str) -> None:
    assert not draft_findings("link-insecure", spoilt("fr", body=text))


def test_a_picture_that_came_along_is_fine() -> None:
    words = spoilt("en", body=f"![Map](assets/{'0a' * 16}-640x480.png)")
    assert not draft_findings("picture-unsupported", words)
