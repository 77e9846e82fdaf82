"""What others pass on is short, says the same everywhere, and carries nothing that runs."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.sharing import Story
from sparetire.stages.share_kit import LINK, LONGEST_POST, banner, email, post

COLOURS = {"fill": "#0b3d66", "on-fill": "#ffffff"}
URL = "https://info.boreal.example/fr/deversement/"
STORY = Story(
    name="deversement",
    titles={"fr": "Déversement : la rivière", "en": "Spill: the river"},
    summaries={"fr": "Personne n’est blessé.", "en": "Nobody is hurt."},
    urls={"fr": URL, "en": URL.replace("fr", "en")},
    speakers={"fr": "Minéraux Boréal", "en": "Boreal Minerals"},
    reach="+1 418 555-0142",
)


def story(title: str, summary: str) -> Story:
    return Story("name", {"fr": title}, {"fr": summary}, {"fr": URL}, {"fr": "Boréal"})


@given(title=st.text(min_size=1, max_size=400), summary=st.text(max_size=400))
def test_a_post_fits_everywhere_and_ends_with_the_link(title: str, summary: str) -> None:
    text = post(story(title, summary), "fr")
    said, _, link = text.rstrip("\n").rpartition("\n\n")
    assert link == URL
    assert len(said) + 2 + LINK <= LONGEST_POST


def test_each_language_has_its_words_and_its_typography() -> None:
    french, english = email(STORY, "fr"), email(STORY, "en")
    assert french.startswith("Objet\u00a0: Déversement\u00a0: la rivière\n")
    assert "Médias\u00a0: +1" in french
    assert english.startswith("Subject: Spill: the river\n")
    assert "Nobody is hurt." in english


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names += [name for name, _ in attrs]


@given(title=st.text(min_size=1, max_size=80))
def test_whatever_a_title_holds_a_banner_holds_no_other_markup(title: str) -> None:
    seen = _Seen()
    seen.feed(banner(story(f"<script>{title}\" onload='x'", ""), COLOURS))
    assert seen.tags == ["section", "p", "strong", "a"]
    assert set(seen.names) <= {"aria-label", "style", "lang", "href"}
