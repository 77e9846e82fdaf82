"""Paths, addresses, and the links between them."""

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.routes import PageUrls, Routes, relative_link

SITE = "https://info.boreal.example"
FOLDERS = Routes(SITE, PageUrls.FOLDER)
FILES = Routes(SITE, PageUrls.FILE)
ALONE = Routes(SITE, PageUrls.FOLDER, single=True)
ALONE_FILES = Routes(SITE, PageUrls.FILE, single=True)

SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)
PARTS = st.lists(SLUGS, max_size=4)
PUBLIC = st.builds(
    lambda folders, last: "".join(f"{folder}/" for folder in folders) + last,
    PARTS,
    st.one_of(st.just(""), SLUGS.map(lambda slug: f"{slug}.html"), st.just("feed.xml")),
)


@pytest.mark.parametrize(
    ("routes", "slug", "path", "url"),
    [
        (FOLDERS, "", "fr/index.html", f"{SITE}/fr/"),
        (FOLDERS, "spill", "fr/spill/index.html", f"{SITE}/fr/spill/"),
        (FILES, "", "fr/index.html", f"{SITE}/fr/index.html"),
        (FILES, "spill", "fr/spill.html", f"{SITE}/fr/spill.html"),
        (ALONE, "", "index.html", f"{SITE}/"),
        (ALONE, "spill", "spill/index.html", f"{SITE}/spill/"),
        (ALONE_FILES, "", "index.html", f"{SITE}/index.html"),
        (ALONE_FILES, "spill", "spill.html", f"{SITE}/spill.html"),
    ],
)
def test_a_page_has_one_path_and_one_address(
    routes: Routes, slug: str, path: str, url: str
) -> None:
    assert routes.page("fr", slug) == path
    assert routes.url(path) == url


@pytest.mark.parametrize(
    ("routes", "slug", "path"),
    [
        (FOLDERS, "", "en/feed.xml"),
        (FOLDERS, "spill", "en/spill/feed.xml"),
        (FILES, "spill", "en/spill/feed.xml"),
        (ALONE, "", "feed.xml"),
        (ALONE, "spill", "spill/feed.xml"),
    ],
)
def test_a_feed_keeps_its_name_in_its_address(routes: Routes, slug: str, path: str) -> None:
    assert routes.feed("en", slug) == path
    assert routes.url(path) == f"{SITE}/{path}"


@pytest.mark.parametrize("path", ["fr/index.html.txt", "fr/my-index.html", "assets/logo.svg"])
def test_only_an_index_page_hides_its_file_name(path: str) -> None:
    assert FOLDERS.public(path) == path


@pytest.mark.parametrize("base", [f"{SITE}/", "http://127.0.0.1:8044/", f"{SITE}/deep/down/"])
@given(here=PUBLIC, there=PUBLIC)
def test_a_relative_link_leads_to_its_target_under_any_base(
    base: str, here: str, there: str
) -> None:
    link = relative_link(here, there)
    assert urljoin(base + here, link) == base + there
    assert not link.startswith("/")


@given(here=PUBLIC, there=PUBLIC)
def test_a_relative_link_works_in_a_folder_on_disk(here: str, there: str) -> None:
    start = posixpath.dirname(f"/site/{here}")
    assert posixpath.normpath(f"{start}/{relative_link(here, there)}") == posixpath.normpath(
        f"/site/{there}"
    )


@given(code=st.sampled_from(["fr", "en"]), slug=SLUGS, other=SLUGS)
@pytest.mark.parametrize("mode", list(PageUrls))
def test_different_slugs_never_share_a_path(
    mode: PageUrls, code: str, slug: str, other: str
) -> None:
    routes = Routes(SITE, mode)
    assert (routes.page(code, slug) == routes.page(code, other)) == (slug == other)
    assert (routes.feed(code, slug) == routes.feed(code, other)) == (slug == other)
