"""A part that reads the same everywhere is rendered once a place, and any other one always."""

import pytest
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context

from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.build.links import Links
from sparetire.stages.build.parts import FrameParts

HOME, FRONT = "en/index.html", "en/news/index.html"
SITE = {"words": {"home": "Home"}, "home": HOME}


class Theme:
    """One template, and how often it asks for its words."""

    def __init__(self, text: str) -> None:
        self.asked = 0
        links = Links(Routes("https://boreal.example", PageUrls.FOLDER), [HOME, FRONT])

        @pass_context
        def link(context: Context, path: str) -> str:
            return links.to(context["page"]["path"], path)

        def count(words: str) -> str:
            self.asked += 1
            return words

        self._environment = Environment(  # noqa: S701  there is no markup in it
            loader=DictLoader({"page.html": text}), extensions=[FrameParts]
        )
        self._environment.filters["count"] = count
        self._environment.globals.update(site=SITE, link=link, links=links)

    def render(self, path: str, title: str = "", words: object = SITE["words"]) -> str:
        link = self._environment.globals["link"]
        return self._environment.get_template("page.html").render(
            page={"path": path, "title": title}, words=words, to=link, picture=link
        )


PART = "{% frame %}{{ words.home|count }} {{ to(site.home) }}{% endframe %} {{ page.title }}"


def test_a_part_is_rendered_once_for_all_pages_of_a_place() -> None:
    theme = Theme(PART)
    assert theme.render("en/news/2026/one/index.html", "One") == "Home ../../../ One"
    assert theme.render("en/news/2027/two/index.html", "Two") == "Home ../../../ Two"
    assert theme.asked == 1
    assert theme.render("en/three/index.html", "Three") == "Home ../ Three"
    assert theme.asked == 2


def test_a_place_is_told_apart_by_the_folders_that_links_share() -> None:
    theme = Theme("{% frame %}{{ to('en/news/index.html') }}{% endframe %}")
    assert theme.render("en/news/one/index.html") == "../"
    assert theme.render("en/about/one/index.html") == "../../news/"


def test_the_page_that_a_menu_names_is_marked_there_alone() -> None:
    theme = Theme(
        "{% frame %}{{ 'here' if page.path == site.home else 'there' }}{% endframe %}"
    )
    pages = ["en/one/index.html", "en/index.html", "en/two/index.html"]
    assert [theme.render(page) for page in pages] == ["there", "here", "there"]


@pytest.mark.parametrize(
    "inner",
    [
        "{{ page.title }}",
        "{{ to(page.path) }}",
        "{{ page.path }}",
        "{{ unknown|default('') }}",
        "{% include 'nothing.html' ignore missing %}",
        "{{ to('en/elsewhere/index.html') }}",
    ],
)
def test_a_part_that_breaks_the_promise_is_rendered_on_every_page(inner: str) -> None:
    theme = Theme(f"{{% frame %}}{{{{ words.home|count }}}} {inner}{{% endframe %}}")
    for path in ("en/one/index.html", "en/two/index.html"):
        theme.render(path)
    assert theme.asked == 2


def test_a_part_with_words_of_another_site_is_not_kept() -> None:
    theme = Theme(PART)
    theme.render("en/one/index.html", words={"home": "Startseite"})
    assert theme.render("en/two/index.html") == "Home ../ "
