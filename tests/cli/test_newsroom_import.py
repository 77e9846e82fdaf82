"""A team moves in with its archive; what is hostile in it stays outside."""

from pathlib import Path

import pytest

from sparetire.config.load import load_settings
from sparetire.workspace.releases import read_shelf
from tests.cli.test_feed_check import serving
from tests.support.command import Outcome, Team, refused
from tests.support.newsroom import write_ready

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Old</title><link>https://old.example/</link><description>Old</description>
<item><title>Le quai &amp;amp; le port &lt;b&gt;rouvrent&lt;/b&gt;</title>
<pubDate>Tue, 03 Mar 2020 09:00:00 -0500</pubDate><category>Port</category>
<content:encoded>
&lt;p onclick="steal()"&gt;Le quai a rouvert ce matin, après trois mois.&lt;/p&gt;
&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Deux navires ont accosté.&lt;/p&gt;
&lt;img src="https://tracker.example/pixel.gif"&gt;</content:encoded></item>
<item><title>{long}</title><description>Un texte.</description></item>
<item><title>Sans texte</title></item>
</channel></rss>
""".replace("{long}", "Trop long " * 40)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>urn:old</id>
<updated>2021-01-01T00:00:00Z</updated>
<entry><id>urn:1</id><title type="html">The &lt;i&gt;train&lt;/i&gt; is back</title>
<published>2021-01-01T10:00:00-05:00</published><updated>2022-01-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>It left at <b>noon</b>.</p></div></content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Old", "items": [
{"id": "1", "title": "A quay", "content_text": "A < B.\\n\\nAnd C.",
"date_published": "2022-05-01T09:00:00Z", "tags": ["port", 3]},
{"id": "2", "title": 7, "content_html": 8}, "none"]}"""
PAGE = """<!doctype html><html><head><title>Le train revient | Old Mines</title>
<meta property="article:published_time" content="2019-05-04T08:00:00-04:00"></head>
<body><nav>Accueil</nav><article><h1>Le train revient</h1>
<p>Il est parti à midi&nbsp;pile.</p><form action="https://evil.example"></form></article>
<footer>Tous droits réservés</footer></body></html>"""
TEXT = """Title: La mine rouvre
Date: 2018-02-01 10:00
Tags: mine, emploi

Elle a rouvert **ce matin**. <script>alert(1)</script>
"""


def take(team: Team, where: str | Path, *more: str) -> Outcome:
    return team.call("newsroom", "import", str(where), "--json", *more)


def texts(team: Team) -> dict[str, str]:
    folder = team.folder / "releases"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


def test_a_feed_becomes_drafts_with_their_dates(team: Team, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text(RSS, encoding="utf-8")

    taken = take(team, tmp_path / "old.xml")

    assert taken.code == 0, taken.out
    [(name, text)] = texts(team).items()
    assert name == "2020-03-03-le-quai-le-port-rouvrent.fr.md"
    assert 'title = "Le quai & le port rouvrent"' in text
    assert "date = 2020-03-03T14:00:00+00:00" in text
    assert 'status = "draft"' in text
    assert not any(word in text for word in ("script", "alert", "onclick", "tracker"))
    told = " ".join(taken.json["dropped"])
    assert "script" in told
    assert "tracker.example" in told
    assert "characters" in told
    assert "no text" in told
    shelf = read_shelf(team.folder / "releases", load_settings(team.folder))
    assert shelf.problems == ()
    assert [release.dated is not None for release in shelf.releases] == [True]


def test_the_same_archive_again_brings_nothing_twice(team: Team, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text(RSS, encoding="utf-8")
    assert take(team, tmp_path / "old.xml").code == 0
    before = texts(team)
    again = take(team, tmp_path / "old.xml")
    assert (again.code, again.json["files"]) == (0, [])
    assert texts(team) == before


@pytest.mark.parametrize(
    ("content", "name", "holds"),
    [
        (ATOM, "2021-01-01-the-train-is-back.en.md", "It left at"),
        (JSON, "2022-05-01-a-quay.en.md", "And C."),
    ],
    ids=["atom", "json"],
)
def test_every_format_of_feed_can_be_taken_over(
    team: Team, tmp_path: Path, content: str, name: str, holds: str
) -> None:
    (tmp_path / "old").write_text(content, encoding="utf-8")
    taken = take(team, tmp_path / "old", "--language", "en")
    assert taken.code == 0, taken.out
    assert list(texts(team)) == [name]
    assert holds in texts(team)[name]


def test_our_own_feed_comes_back_as_it_was(team: Team) -> None:
    write_ready(team.folder / "releases")
    assert team.call("newsroom", "publish", "--yes").code == 0
    feed = team.folder / ".sparetire/site/current/en/news/feed.atom"
    taken = take(team, feed, "--language", "en")
    assert taken.code == 0, taken.out
    [path] = taken.json["files"]
    text = (team.folder / path).read_text(encoding="utf-8")
    assert "Work begins on May 3, after the thaw" in text
    assert 'title = "The port of Sept-Îles is growing"' in text


def feed_of(*items: tuple[str, str, str]) -> str:
    """Return a feed of titles, days and beginnings."""
    rows = "".join(
        f"<item><title>{title}</title><pubDate>{day} 09:00:00 -0500</pubDate>"
        f"<description>{start} {'Et ainsi de suite. ' * 9}</description></item>"
        for title, day, start in items
    )
    head = "<title>Old</title><link>https://old.example/</link><description>Old</description>"
    return f'<rss version="2.0"><channel>{head}{rows}</channel></rss>'


FIRST, SECOND, LAST = "Tue, 03 Mar 2020", "Wed, 04 Mar 2020", "Thu, 05 Mar 2020"


def test_what_appeared_at_one_instant_in_two_languages_is_a_pair(
    team: Team, tmp_path: Path
) -> None:
    fr, en = tmp_path / "fr.xml", tmp_path / "en.xml"
    fr.write_text(
        feed_of(
            ("Le quai rouvre", FIRST, "SEPT-ÎLES, le 3 mars 2020 /CNW/ - Le quai rouvre."),
            ("Deux avis", SECOND, "Un."),
            ("Seul", LAST, "Rien en anglais."),
        ),
        encoding="utf-8",
    )
    en.write_text(
        feed_of(
            ("The quay reopens", FIRST, "SEPT-ÎLES, March 3, 2020 /CNW/ - The quay reopens."),
            ("One notice", SECOND, "One."),
            ("Another notice", SECOND, "Two."),
        ),
        encoding="utf-8",
    )
    assert take(team, fr, "--category", "operations", "--place", "Fermont").code == 0
    taken = take(team, en, "--language", "en")
    assert taken.code == 0, taken.out
    assert taken.json["pairs"] == ["Le quai rouvre = The quay reopens"]

    shelf = read_shelf(team.folder / "releases", load_settings(team.folder))
    assert shelf.problems == ()
    by_name = {release.name: release for release in shelf.releases}
    pair = by_name.pop("2020-03-03-le-quai-rouvre")
    assert pair.category == "operations"
    assert [one.title for one in pair.wordings.values()] == [
        "Le quai rouvre",
        "The quay reopens",
    ]
    assert [one.place for one in pair.wordings.values()] == ["SEPT-ÎLES", "SEPT-ÎLES"]
    assert {name: tuple(one.wordings) for name, one in by_name.items()} == {
        "2020-03-04-deux-avis": ("fr",),
        "2020-03-04-one-notice": ("en",),
        "2020-03-04-another-notice": ("en",),
        "2020-03-05-seul": ("fr",),
    }
    assert by_name["2020-03-05-seul"].wordings["fr"].place == "Fermont"


@pytest.mark.parametrize("midnight", ["00:00:00 +0000", "00:00:00 -0500"])
def test_two_that_share_a_day_and_no_hour_are_no_pair(
    team: Team, tmp_path: Path, midnight: str
) -> None:
    for code, title in (("fr", "Le quai rouvre"), ("en", "Our results")):
        feed = feed_of((title, FIRST, "…")).replace("09:00:00 -0500", midnight)
        (tmp_path / f"{code}.xml").write_text(feed, encoding="utf-8")
        taken = take(team, tmp_path / f"{code}.xml", "--language", code)
        assert taken.json["pairs"] == []
    assert sorted(texts(team)) == [
        "2020-03-03-le-quai-rouvre.fr.md",
        "2020-03-03-our-results.en.md",
    ]


def test_pairs_are_shown_to_whoever_takes_them_over(team: Team, tmp_path: Path) -> None:
    shown = ""
    for code, title in (("fr", "Le quai rouvre"), ("en", "The quay reopens")):
        (tmp_path / code).write_text(feed_of((title, FIRST, "…")), encoding="utf-8")
        shown = team.call("newsroom", "import", str(tmp_path / code), "--language", code).out
    assert "Taken for one release: Le quai rouvre = The quay reopens" in shown


@pytest.mark.parametrize(
    ("more", "category", "tags"),
    [
        ((), "results", 'tags = ["Port"]'),
        (("--category", "community"), "community", 'tags = ["Port", "RÉSULTATS"]'),
    ],
)
def test_a_tag_that_names_a_category_is_the_category(
    team: Team, tmp_path: Path, more: tuple[str, ...], category: str, tags: str
) -> None:
    known = RSS.replace("</category>", "</category><category>RÉSULTATS</category>")
    (tmp_path / "old.xml").write_text(known, encoding="utf-8")
    assert take(team, tmp_path / "old.xml", *more).code == 0
    [text] = texts(team).values()
    assert f'category = "{category}"' in text
    assert tags in text


def test_a_pair_whose_title_was_put_right_is_not_taken_over_again(
    team: Team, tmp_path: Path
) -> None:
    for code, title in (("fr", "Le quai rouvre"), ("en", "The quay reopens")):
        feed = tmp_path / f"{code}.xml"
        feed.write_text(feed_of((title, FIRST, "…")), encoding="utf-8")
        assert len(take(team, feed, "--language", code).json["files"]) == 1
    edited = team.folder / "releases" / "2020-03-03-le-quai-rouvre.en.md"
    edited.write_text(edited.read_text("utf-8").replace("quay", "wharf"), encoding="utf-8")
    before = texts(team)

    again = take(team, tmp_path / "en.xml", "--language", "en")

    assert (again.code, again.json["files"]) == (0, [])
    assert "it is here already" in " ".join(again.json["dropped"])
    assert texts(team) == before


def test_a_folder_of_pages_and_texts_is_taken_over(team: Team, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "train.html").write_text(PAGE, encoding="utf-8")
    (old / "mine.md").write_text(TEXT, encoding="utf-8")
    (old / "huge.html").write_bytes(b"<p>" * 1_000_000)
    (old / "elsewhere.md").symlink_to("/etc/hostname")
    (old / "note.txt").write_text("not one of them")

    taken = take(team, old)

    assert taken.code == 0, taken.out
    found = texts(team)
    assert sorted(found) == [
        "2018-02-01-la-mine-rouvre.fr.md",
        "2019-05-04-le-train-revient.fr.md",
    ]
    train = found["2019-05-04-le-train-revient.fr.md"]
    assert "Il est parti à midi" in train
    assert not any(word in train for word in ("Accueil", "droits", "evil"))
    mine = found["2018-02-01-la-mine-rouvre.fr.md"]
    assert 'tags = ["mine", "emploi"]' in mine
    assert "**ce matin**" in mine
    assert "alert" not in mine
    assert "huge.html" in " ".join(taken.json["dropped"])


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Le train revient | Old Mines", "<h1>Old Mines</h1><p>Il est parti.</p>"),
        (
            "Le train revient | Old Mines",
            "<h1>Old Mines</h1><main><h1>Le train revient</h1><p>Il est parti.</p></main>",
        ),
        (
            "Old Mines: Le train revient",
            "<h1>Old Mines</h1><article><h1>Le train revient</h1><p>Parti.</p></article>",
        ),
        ("Le train revient | Old Mines", "<h1>Le train revient</h1><p>Il est parti.</p>"),
    ],
)
def test_the_name_of_a_site_is_no_title_of_its_releases(
    team: Team, tmp_path: Path, title: str, body: str
) -> None:
    page = f"<!doctype html><title>{title}</title><body>{body}"
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "train.html").write_text(page, encoding="utf-8")
    assert take(team, tmp_path / "old").code == 0
    [text] = texts(team).values()
    assert 'title = "Le train revient' in text


def test_a_page_that_is_served_as_a_feed_is_refused(team: Team) -> None:
    with serving(b"<!doctype html><title>Welcome</title>", "application/rss+xml") as url:
        error = refused(take(team, url), 3)
    assert "is no feed" in error["what"]
    assert texts(team) == {}


def test_fifty_megabytes_are_refused(team: Team, tmp_path: Path) -> None:
    with (tmp_path / "old.xml").open("wb") as file:
        file.truncate(50_000_000)
    assert "5 MB" in refused(take(team, tmp_path / "old.xml"), 3)["why"][0]


def test_control_characters_in_a_feed_are_refused(team: Team, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text(RSS.replace("Deux", "\x08Deux"), encoding="utf-8")
    assert "control character" in refused(take(team, tmp_path / "old.xml"), 3)["why"][0]


def test_a_dry_run_writes_nothing(team: Team, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text(RSS, encoding="utf-8")
    dry = take(team, tmp_path / "old.xml", "--dry-run")
    assert len(dry.json["files"]) == 1
    assert texts(team) == {}


@pytest.mark.parametrize("more", [("--language", "de"), ("--category", "gossip")])
def test_what_this_site_does_not_know_is_refused(
    team: Team, tmp_path: Path, more: tuple[str, str]
) -> None:
    (tmp_path / "old.xml").write_text(RSS, encoding="utf-8")
    refused(take(team, tmp_path / "old.xml", *more), 2)


WORDPRESS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/{version}/"><channel><title>N</title>
<link>https://old.example</link><description>N</description>
<item><title>A public release about the quay</title>
<pubDate>Tue, 05 Mar 2024 14:00:00 +0000</pubDate><content:encoded>Shown.</content:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
{items}</channel></rss>"""
ITEM = """<item><title>Secret number {number} of the board</title>
<pubDate>Tue, 05 Mar {year} 14:00:00 +0000</pubDate>
<content:encoded>MARKER {number}</content:encoded>{facts}</item>"""
NOT_PUBLIC = [
    *(
        f"<wp:status>{status}</wp:status>"
        for status in ("draft", "private", "trash", "pending")
    ),
    *(f"<wp:status>{status}</wp:status>" for status in ("future", "auto-draft", "inherit")),
    "<wp:status>publish</wp:status><wp:post_password>hush</wp:post_password>",
    "<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>",
    "<wp:status>publish</wp:status><wp:post_type>attachment</wp:post_type>",
    "<wp:status>publish</wp:status><wp:post_type>revision</wp:post_type>",
    "<wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type>",
]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("more", [(), ("--ready",)], ids=["drafts", "ready"])
def test_of_an_export_only_what_was_public_comes_in(
    team: Team, tmp_path: Path, version: str, more: tuple[str, ...]
) -> None:
    items = "".join(
        ITEM.format(number=number, year=2000 + number, facts=facts)
        for number, facts in enumerate(NOT_PUBLIC)
    )
    (tmp_path / "wp.xml").write_text(WORDPRESS.format(version=version, items=items), "utf-8")
    taken = take(team, tmp_path / "wp.xml", "--language", "en", *more)
    assert taken.code == 0, taken.out
    [(name, text)] = texts(team).items()
    assert "public-release" in name
    assert "MARKER" not in text
    told = [one for one in taken.json["dropped"] if "left out: " in one]
    assert len(told) == len(NOT_PUBLIC)
    assert any("its status is 'private'" in one for one in told)


HELD = (
    '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft>'
    "</app:control>"
)
COMMENT = (
    '<category scheme="http://schemas.google.com/g/2005#kind" '
    'term="http://schemas.google.com/blogger/2008/kind#comment"/>'
)


@pytest.mark.parametrize("control", [HELD, COMMENT], ids=["draft", "comment"])
def test_drafts_and_comments_of_an_atom_export_stay_behind(
    team: Team, tmp_path: Path, control: str
) -> None:
    (tmp_path / "old.xml").write_text(ATOM.replace("<published>", f"{control}<published>"))
    assert texts(team) == {}
    assert take(team, tmp_path / "old.xml", "--ready").code == 0
    assert texts(team) == {}


@pytest.mark.parametrize(
    "head",
    ["Status: draft", "Status: hidden", "Draft: true", "Published: false", "Password: x"],
)
def test_a_text_whose_head_says_that_it_is_no_release_yet_stays_behind(
    team: Team, tmp_path: Path, head: str
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "mine.md").write_text(f"{head}\n{TEXT}", "utf-8")
    taken = take(team, folder, "--ready")
    assert texts(team) == {}
    assert "left out" in taken.json["dropped"][0]


def test_what_is_dated_in_the_future_is_not_made_ready(team: Team, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "mine.md").write_text(TEXT.replace("2018", "2099"), "utf-8")
    assert "in the future" in take(team, folder, "--ready").json["dropped"][-1]
    assert texts(team) == {}
    take(team, folder)
    assert len(texts(team)) == 1


HIDING = [
    '<p style="display:none">MARKER</p>',
    '<p style="color:red; DISPLAY : none !important">MARKER</p>',
    "<div hidden>MARKER</div>",
    '<div hidden=""><section><p>MARKER</p></section></div>',
    '<span style="font-size:0">MARKER</span>',
    '<span style="font-size:0px;line-height:1">MARKER</span>',
    '<span style="font-size:1px">MARKER</span>',
    '<x-card style="display:none">MARKER</x-card>',
    '<p style="visibility:hidden">MARKER</p>',
    '<p style="opacity:0">MARKER</p>',
    '<p style="color:transparent">MARKER</p>',
    '<p style="position:absolute;left:-9999px">MARKER</p>',
    '<p style="text-indent:-9999px">MARKER</p>',
    '<div style="max-height:0;overflow:hidden">MARKER</div>',
    '<div style="mso-hide:all">MARKER</div>',
    '<style>.draft, #x { display: none }</style><p class="a draft">MARKER</p>',
    '<style>p.draft{visibility:hidden}</style><p class="draft">MARKER</p>',
    "<template><p>MARKER</p></template>",
    "<dialog><p>MARKER</p></dialog>",
    '<table><tr style="display:none"><td>MARKER</td></tr><tr><td>a</td></tr></table>',
    "<ul><li hidden>MARKER</li><li>a</li></ul>",
    '<p style="display:none">MARKER<p>Shown too.</p>',
    '<div style="display:none"><p style="display:block">MARKER</p></div>',
]


@pytest.mark.parametrize("markup", HIDING)
def test_what_a_page_hides_stays_hidden(team: Team, tmp_path: Path, markup: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    page = PAGE.replace("<form", f"{markup}<p>Le texte montré.</p><form")
    (folder / "train.html").write_text(page, "utf-8")
    taken = take(team, folder)
    [(_, text)] = texts(team).items()
    assert "MARKER" not in text
    assert "Le texte montré." in text
    if "template" not in markup:
        assert any("hidden text: 'MARKER'" in one for one in taken.json["dropped"])


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="font-size:0"><p style="font-size:16px">Shown</p></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">Shown</p></div>',
        "<details><summary>Question</summary><p>Shown</p></details>",
        '<p style="opacity:0.9">Shown</p>',
        '<p class="draft">Shown</p>',
        '<p style="overflow:hidden;height:0.5em">Shown</p>',
    ],
)
def test_what_a_page_shows_comes_along(team: Team, tmp_path: Path, markup: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "train.html").write_text(PAGE.replace("<form", f"{markup}<form"), "utf-8")
    take(team, folder)
    [(_, text)] = texts(team).items()
    assert "Shown" in text
