"""What a Word file hides stays hidden: hiding tricks by the constructs that they stand in."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image

from sparetire.errors import ContentRefused
from sparetire.stages.intake.word import word_to_markdown
from tests.support.word import W, blip, packed, paragraph, parts, photograph, run, said, word

WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
VML = "urn:schemas-microsoft-com:vml"
KEPT = said("Kept.")


@dataclass(frozen=True)
class Trick:
    """What hides a run: its own properties, its paragraph's, or a style's."""

    letters: str = ""
    paragraph: str = ""
    styles: str = ""


def style(kind: str, name: str, inner: str, base: str = "", default: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{default}>'
        f'<w:name w:val="{name}"/>{based}{inner}</w:style>'
    )


VANISH = "<w:rPr><w:vanish/></w:rPr>"
GHOST = style("character", "ghost", VANISH)
BLACK = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
INK = '<w:color w:val="000000"/>'
TRICKS = {
    "vanish": Trick("<w:vanish/>"),
    "hidden on the web": Trick("<w:webHidden/>"),
    "black highlight": Trick('<w:highlight w:val="black"/>'),
    "black highlight, black letters": Trick(f'{INK}<w:highlight w:val="black"/>'),
    "white highlight, white letters": Trick(
        '<w:color w:val="FFFFFF"/><w:highlight w:val="white"/>'
    ),
    "black shading, black letters": Trick(INK + BLACK),
    "shading of the paragraph": Trick(INK, BLACK),
    "solid pattern": Trick(f'{INK}<w:shd w:val="solid" w:color="000000" w:fill="auto"/>'),
    "pattern of 95 %": Trick(f'{INK}<w:shd w:val="pct95" w:color="000000" w:fill="000000"/>'),
    "white letters": Trick('<w:color w:val="FFFFFF"/>'),
    "nearly white letters": Trick('<w:color w:val="FDFDFD"/>'),
    "white of the theme": Trick('<w:color w:val="auto" w:themeColor="background1"/>'),
    "theme's black made white": Trick(
        '<w:color w:val="000000" w:themeColor="text1" w:themeTint="00"/>'
    ),
    "theme's shading in the letters' colour": Trick(
        '<w:color w:themeColor="accent1"/><w:shd w:val="clear" w:themeFill="accent1"/>'
    ),
    "letters of one point": Trick('<w:sz w:val="2"/>'),
    "letters without width": Trick('<w:w w:val="1"/>'),
    "text effect without fill": Trick(
        f'<w14:textFill xmlns:w14="{W14}"><w14:noFill/></w14:textFill>'
    ),
    "text effect in white": Trick(
        f'<w14:textFill xmlns:w14="{W14}"><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/>'
        "</w14:solidFill></w14:textFill>"
    ),
    "line without height": Trick(paragraph='<w:spacing w:line="1" w:lineRule="exact"/>'),
    "far left of the page": Trick(paragraph='<w:ind w:left="-20000"/>'),
    "frame outside of the page": Trick(paragraph='<w:framePr w:x="-30000" w:y="1"/>'),
    "character style": Trick('<w:rStyle w:val="ghost"/>', styles=GHOST),
    "inherited character style": Trick(
        '<w:rStyle w:val="child"/>', styles=GHOST + style("character", "child", "", "ghost")
    ),
    "paragraph style": Trick(
        paragraph='<w:pStyle w:val="veil"/>', styles=style("paragraph", "veil", VANISH)
    ),
    "inherited paragraph style": Trick(
        paragraph='<w:pStyle w:val="child"/>',
        styles=style("paragraph", "veil", VANISH) + style("paragraph", "child", "", "veil"),
    ),
    "paragraph style's shading": Trick(
        INK,
        '<w:pStyle w:val="bar"/>',
        style("paragraph", "bar", f"<w:pPr>{BLACK}</w:pPr>"),
    ),
    "character style's shading": Trick(
        f'<w:rStyle w:val="bar"/>{INK}',
        styles=style("character", "bar", f"<w:rPr>{BLACK}</w:rPr>"),
    ),
    "strict names of on": Trick('<w:vanish w:val="true"/>'),
}

Made = Callable[[Trick], str]


def tried(trick: Trick, *around: str) -> str:
    before, after = around or ("", "")
    inner = run("MARKER", trick.letters)
    return f"<w:p><w:pPr>{trick.paragraph}</w:pPr>{before}{inner}{after}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*cells: str, properties: str = "") -> str:
    row = f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{row}</w:tbl>"


def vml_box(inner: str, attributes: str = "") -> str:
    return paragraph(
        f'<w:r><w:pict xmlns:v="{VML}"><v:rect {attributes}><v:textbox><w:txbxContent>{inner}'
        "</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def box(inner: str, properties: str = "") -> str:
    return paragraph(
        f'<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp xmlns:wps="{WPS}">'
        f"<wps:spPr>{properties}</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


CONSTRUCTS: dict[str, Made] = {
    "paragraph": lambda trick: KEPT + tried(trick),
    "cell": lambda trick: KEPT + table(cell(tried(trick)), cell(KEPT)),
    "cell of a table within a table": lambda trick: (
        KEPT + table(cell(table(cell(tried(trick)), cell(KEPT)) + said("")), cell(KEPT))
    ),
    "list": lambda trick: (
        KEPT
        + tried(
            Trick(trick.letters, f'{trick.paragraph}<w:numPr><w:numId w:val="1"/></w:numPr>')
        )
    ),
    "text box": lambda trick: KEPT + box(tried(trick), ""),
    "text box in VML": lambda trick: KEPT + vml_box(tried(trick), 'filled="f"'),
    "content control": lambda trick: (
        KEPT + f"<w:sdt><w:sdtContent>{tried(trick)}</w:sdtContent></w:sdt>"
    ),
    "content control in a line": lambda trick: (
        KEPT + tried(trick, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
    ),
    "link": lambda trick: KEPT + tried(trick, '<w:hyperlink w:anchor="x">', "</w:hyperlink>"),
    "smart tag": lambda trick: KEPT + tried(trick, "<w:smartTag>", "</w:smartTag>"),
    "simple field": lambda trick: (
        KEPT + tried(trick, '<w:fldSimple w:instr="DATE">', "</w:fldSimple>")
    ),
}


def made(body: str, styles: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    looks: dict[str, str | bytes] = {
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    }
    return word(body, {"r9": ("image", "media/p.jpg", False)}, looks | (more or {}))


@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("name", TRICKS)
def test_hidden_text_is_refused_with_its_place_and_left_out_once_accepted(
    name: str, construct: str
) -> None:
    trick = TRICKS[name]
    content = made(CONSTRUCTS[construct](trick), trick.styles)
    with pytest.raises(ContentRefused, match="not settled") as refusal:
        word_to_markdown(content, accept=False)
    (why,) = refusal.value.why
    assert why.startswith(f"paragraph {3 if 'box' in construct else 2}: ")
    assert why.endswith("'MARKER'")

    intake = word_to_markdown(content, accept=True)
    assert "MARKER" not in intake.text
    assert "Kept." in intake.text
    assert any("MARKER" in one for one in intake.dropped)


DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>"
SHOWN = run("Kept.", '<w:vanish w:val="0"/><w:color w:val="000000"/><w:sz w:val="24"/>')


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>']
)
def test_what_all_letters_inherit_hides_those_that_say_nothing_else(properties: str) -> None:
    content = made(paragraph(SHOWN) + said("MARKER"), DEFAULTS.format(properties))
    with pytest.raises(ContentRefused, match="not settled"):
        word_to_markdown(content, accept=False)
    assert word_to_markdown(content, accept=True).text == "Kept.\n"


def test_the_standard_style_of_paragraphs_may_hide_too() -> None:
    normal = style("paragraph", "Normal", VANISH, default=' w:default="1"')
    content = made(paragraph(SHOWN) + said("MARKER"), normal)
    assert word_to_markdown(content, accept=True).text == "Kept.\n"


TABLE = (
    '<w:tblPr><w:shd w:val="clear" w:fill="000000"/></w:tblPr><w:tblStylePr w:type="firstRow">'
    '<w:rPr>{}</w:rPr><w:tcPr><w:shd w:val="clear" w:fill="{}"/></w:tcPr></w:tblStylePr>'
)
FIRST = '<w:tblStyle w:val="grid"/><w:tblLook w:val="0020"/>'


@pytest.mark.parametrize(
    ("letters", "fill"),
    [(INK, "000000"), ("<w:vanish/>", "FFFFFF"), ('<w:color w:val="FFFFFF"/>', "FFFFFF")],
)
def test_a_style_of_tables_may_hide_a_row(letters: str, fill: str) -> None:
    styles = style("table", "grid", TABLE.format(letters, fill))
    content = made(KEPT + table(cell(said("MARKER")), properties=FIRST), styles)
    with pytest.raises(ContentRefused, match="not settled"):
        word_to_markdown(content, accept=False)
    assert "MARKER" not in word_to_markdown(content, accept=True).text


@pytest.mark.parametrize(
    "row", ["<w:hidden/>", '<w:trHeight w:val="1" w:hRule="exact"/>'], ids=["hidden", "low"]
)
def test_a_row_may_be_hidden(row: str) -> None:
    hidden = f"<w:tr><w:trPr>{row}</w:trPr>{cell(said('MARKER'))}</w:tr>"
    content = made(f"<w:tbl><w:tr>{cell(KEPT)}</w:tr>{hidden}</w:tbl>")
    with pytest.raises(ContentRefused, match="not settled"):
        word_to_markdown(content, accept=False)
    assert "MARKER" not in word_to_markdown(content, accept=True).text


WHITE = '<w:color w:val="FFFFFF"/>'
NAVY = '<w:shd w:val="clear" w:color="auto" w:fill="0B3D66"/>'
NAVY_SHAPE = '<a:solidFill><a:srgbClr val="0B3D66"/></a:solidFill>'
ACCENT = '<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>'
BACKGROUND = '<w:background w:color="0B3D66"/>'
GHOSTLY = '<w:rStyle w:val="ghost"/>'
SEEN = {
    "white on a dark cell": (table(cell(paragraph(run("Shown", WHITE)), NAVY)), ""),
    "white on a dark table": (
        table(cell(paragraph(run("Shown", WHITE))), properties=NAVY),
        "",
    ),
    "white in a table within a dark cell": (
        table(cell(table(cell(paragraph(run("Shown", WHITE)))) + said(""), NAVY)),
        "",
    ),
    "white on a dark paragraph": (
        f"<w:p><w:pPr>{NAVY}</w:pPr>{run('Shown', WHITE)}</w:p>",
        "",
    ),
    "white on dark letters' shading": (paragraph(run("Shown", WHITE + NAVY)), ""),
    "white on a black highlight": (
        paragraph(run("Shown", f'{WHITE}<w:highlight w:val="black"/>')),
        "",
    ),
    "black on a yellow highlight": (
        paragraph(run("Shown", '<w:highlight w:val="yellow"/>')),
        "",
    ),
    "yellow on white": (paragraph(run("Shown", '<w:color w:val="FFFF00"/>')), ""),
    "grey on white": (paragraph(run("Shown", '<w:color w:val="BFBFBF"/>')), ""),
    "no colour on black shading: Word takes white": (
        paragraph(run("Shown", BLACK)),
        "",
    ),
    "white of the theme on its accent": (
        table(cell(paragraph(run("Shown", '<w:color w:themeColor="background1"/>')), ACCENT)),
        "",
    ),
    "first row of a dark style": (
        table(cell(said("Shown")), properties=FIRST),
        style("table", "grid", TABLE.format(WHITE, "0B3D66")),
    ),
    "white in a dark box": (box(paragraph(run("Shown", WHITE)), NAVY_SHAPE), ""),
    "white in a dark box in VML": (
        vml_box(paragraph(run("Shown", WHITE)), 'fillcolor="#0b3d66"'),
        "",
    ),
    "a page number in a table of contents": (
        paragraph(run("Shown"), run("12", "<w:webHidden/>")),
        "",
    ),
    "outlined white": (paragraph(run("Shown", f"{WHITE}<w:outline/>")), ""),
    "hidden twice, which Word shows": (
        f'<w:p><w:pPr><w:pStyle w:val="veil"/></w:pPr>{run("Shown", GHOSTLY)}</w:p>',
        GHOST + style("paragraph", "veil", VANISH),
    ),
    "hidden by style, shown by itself": (
        paragraph(run("Shown", f'{GHOSTLY}<w:vanish w:val="0"/>')),
        GHOST,
    ),
    "hidden end of a paragraph": (
        f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('Shown')}</w:p>",
        "",
    ),
    "hidden number of a list": (
        f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("Shown")}</w:p>',
        "",
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_word_shows_is_not_taken_for_hidden(name: str) -> None:
    body, styles = SEEN[name]
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        f'<w:numFmt w:val="bullet"/>{VANISH}</w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    content = made(body, styles, {"word/numbering.xml": numbering})
    assert "Shown" in word_to_markdown(content, accept=False).text


def test_the_page_may_be_dark_where_its_settings_show_that() -> None:
    files = parts(paragraph(run("Shown", WHITE)))
    text = str(files["word/document.xml"])
    files["word/document.xml"] = text.replace("<w:body>", f"{BACKGROUND}<w:body>")
    with pytest.raises(ContentRefused):
        word_to_markdown(packed(files), accept=False)
    settings = f'<w:settings xmlns:w="{W}"><w:displayBackgroundShape/></w:settings>'
    dark = packed({**files, "word/settings.xml": settings})
    assert word_to_markdown(dark, accept=False).text == "Shown\n"


def change(name: str, inner: str) -> str:
    return f'<w:{name} w:author="Ann" w:id="1">{inner}</w:{name}>'


PICTURE = blip("r9")
UNSETTLED = {
    "a picture that was inserted": paragraph(change("ins", PICTURE)),
    "a picture that was deleted": paragraph(change("del", PICTURE)),
    "a row that was deleted": f"<w:tbl><w:tr><w:trPr>{change('del', '')}</w:trPr>"
    f"{cell(said('MARKER'))}</w:tr></w:tbl>",
    "a row that was inserted": f"<w:tbl><w:tr><w:trPr>{change('ins', '')}</w:trPr>"
    f"{cell(said('Kept.'))}</w:tr></w:tbl>",
    "a cell that was deleted": table(cell(said("MARKER"), change("cellDel", "")), cell(KEPT)),
    "an end of a paragraph that was deleted": f"<w:p><w:pPr><w:rPr>{change('del', '')}</w:rPr>"
    f"</w:pPr>{run('Open')}</w:p>{said('ed.')}",
    "a picture that is hidden": paragraph(PICTURE.replace("id='1'", "id='1' hidden='1'")),
    "a picture in hidden letters": paragraph(
        PICTURE.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    ),
    "a picture made transparent": paragraph(
        PICTURE.replace('embed="r9"/>', 'embed="r9"><a:alphaModFix amt="0"/></a:blip>')
    ),
    "a picture cut to a star": paragraph(
        blip("r9").replace(
            "</pic:blipFill>",
            '</pic:blipFill><pic:spPr><a:prstGeom prst="star5"/></pic:spPr>',
        )
    ),
    "a bar in front of the text": paragraph(
        "<w:r><w:drawing><wp:anchor behindDoc='0'><wp:wrapNone/><a:graphic><a:graphicData>"
        f'<wps:wsp xmlns:wps="{WPS}"><wps:spPr>{NAVY_SHAPE}</wps:spPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    ),
}


@pytest.mark.parametrize("name", UNSETTLED)
def test_what_nobody_settled_is_refused_whatever_it_is(name: str) -> None:
    content = made(KEPT + UNSETTLED[name], more={"word/media/p.jpg": photograph()})
    with pytest.raises(ContentRefused, match="not settled: 1 place") as refusal:
        word_to_markdown(content, accept=False)
    assert refusal.value.why[0].startswith("paragraph ")
    intake = word_to_markdown(content, accept=True)
    assert "MARKER" not in intake.text
    assert intake.text.startswith("Kept.")
    assert len(intake.pictures) == (name == "a picture that was inserted")


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next_once_accepted() -> None:
    content = made(UNSETTLED["an end of a paragraph that was deleted"])
    assert word_to_markdown(content, accept=True).text == "Opened.\n"


def striped(kind: str = "PNG") -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", (200, 100), (200, 0, 0))
    drawn.paste((0, 0, 200), (100, 0, 200, 100))
    written = io.BytesIO()
    drawn.save(written, kind, quality=95)
    return written.getvalue()


def cut(edges: str, *, shape: str = "rect", frame: str = "") -> str:
    """Return a picture that is shown in part."""
    return blip("r9").replace(
        'embed="r9"/>',
        f'embed="r9"/><a:srcRect {edges}/><a:stretch><a:fillRect {frame}/></a:stretch>',
    ).replace(
        "</pic:blipFill>",
        f'</pic:blipFill><pic:spPr><a:prstGeom prst="{shape}"/></pic:spPr>',
    )  # fmt: skip


def in_vml(edges: str) -> str:
    return (
        f'<w:r><w:pict xmlns:v="{VML}"><v:shape><v:imagedata r:id="r9" {edges}/></v:shape>'
        "</w:pict></w:r>"
    )


CROPPED = {
    "source": (cut('l="50000"'), (100, 100)),
    "source in per cent": (cut('l="50%"'), (100, 100)),
    "source and space around it": (cut('l="50000" t="-10000"'), (100, 100)),
    "frame smaller than the picture": (cut("", frame='l="-100000"'), (100, 100)),
    "both": (cut('l="25000"', frame='l="-50000"'), (100, 100)),
    "an ellipse": (cut('l="50000"', shape="ellipse"), (100, 100)),
    "in VML": (in_vml('cropleft="32768f"'), (100, 100)),
    "in VML, as a share": (in_vml('cropleft=".5"'), (100, 100)),
}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("name", CROPPED)
def test_what_is_cropped_away_stays_behind(name: str, kind: str) -> None:
    shown, size = CROPPED[name]
    content = made(paragraph(shown), more={"word/media/p.jpg": striped(kind)})
    (picture,) = word_to_markdown(content, accept=False).pictures
    with Image.open(io.BytesIO(picture.content)) as drawn:
        assert drawn.size == size
        for _, colour in drawn.convert("RGB").getcolors(1 << 16) or []:
            assert isinstance(colour, tuple)
            assert colour[0] < 60  # no red
        if name == "an ellipse":
            assert drawn.getpixel((1, 1)) == (0, 0, 0, 0)


def test_one_picture_may_be_shown_twice_whole_and_cropped() -> None:
    body = paragraph(blip("r9")) + paragraph(cut('l="50000"'))
    content = made(body, more={"word/media/p.jpg": striped()})
    assert len(word_to_markdown(content, accept=False).pictures) == 2


def test_a_picture_of_which_nothing_is_shown_is_left_out() -> None:
    content = made(KEPT + paragraph(cut('l="100000"')), more={"word/media/p.jpg": striped()})
    intake = word_to_markdown(content, accept=False)
    assert intake.pictures == ()
    assert any(one.startswith("a picture") for one in intake.dropped)
