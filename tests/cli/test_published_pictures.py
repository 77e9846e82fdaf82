"""Pictures of a whole site, as a reader fetches them: nothing in them but pixels."""

import io

from PIL import Image

from tests.support.command import Team
from tests.support.newsroom import write_ready
from tests.support.picture_parts import assert_bare, with_segment

SECRET = b"MARKER Vu par Marie T., 12 rue Secrete; NE PAS DIFFUSER"
KINDS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".ico"}


def photo(width: int, shade: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, 600), shade).save(written, "JPEG", comment=SECRET)
    return with_segment(written.getvalue(), 0xEB, SECRET) + SECRET


def logo() -> bytes:
    written = io.BytesIO()
    drawn = Image.new("RGBA", (200, 200), (255, 7, 9, 0))
    drawn.paste((10, 20, 30, 255), (50, 50, 150, 150))
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    drawn.save(written, "PNG", exif=exif)
    return written.getvalue() + SECRET


def test_no_picture_of_the_site_says_more_than_it_shows(team: Team) -> None:
    (team.folder / "brand/logo.png").write_bytes(logo())
    team.set("brand", "logo", value='"brand/logo.png"')
    for code, shown in (("fr", "La vanne"), ("en", "The valve")):
        file = team.words(code)
        (file.parent / "site.jpg").write_bytes(photo(1000, "#0b3d66"))
        file.write_text(f"{file.read_text('utf-8')}\n![{shown}](site.jpg)\n", "utf-8")
    releases = team.folder / "releases"
    (releases / "images").mkdir(parents=True)
    (releases / "images/quai.jpg").write_bytes(photo(2400, "#336699"))
    write_ready(releases, image={"file": "images/quai.jpg", "alt": "Un quai"})

    launched = team.call(*team.launch("--yes"))
    assert launched.code == 0, launched.err
    published = team.call("newsroom", "publish", "--yes")
    assert published.code == 0, published.err

    site = team.folder / ".sparetire/site"
    pictures = [path for path in site.rglob("*") if path.suffix in KINDS and path.is_file()]
    assert {path.suffix for path in pictures} == {".jpg", ".png", ".ico"}
    photos = {path.name for path in pictures if path.suffix == ".jpg"}
    assert len(photos) == 3  # the release has two renditions
    for path in pictures:
        assert_bare(path.read_bytes())
    for path in site.rglob("*"):
        assert not path.is_file() or b"MARKER" not in path.read_bytes(), path
