"""What a Word file says by other means than letters comes along, or is refused by place."""

import io

import pytest
from PIL import Image

from sparetire.errors import ContentRefused
from sparetire.stages.intake.word import word_to_markdown
from tests.support.word import W, blip, paragraph, photograph, run, said, word

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"


def box(checked: int, sign: str = "☐") -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{checked}"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"
    )


def field(code: str, result: str = "", form: str = "") -> str:
    inner = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>{inner}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def old_box(*, checked: bool) -> str:
    mark = "<w:checked/>" if checked else ""
    return field("FORMCHECKBOX", form=f"<w:ffData><w:checkBox>{mark}</w:checkBox></w:ffData>")


CHOICE = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="oui"/>'
    '<w:listEntry w:val="non"/></w:ddList></w:ffData>'
)


def maths(inner: str) -> str:
    return f'<m:oMath xmlns:m="{M}">{inner}</m:oMath>'


def term(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def frame(inner: str, name: str = "Diagramme 1") -> str:
    return (
        f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='{name}'/><a:graphic>"
        f"<a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(inner: str) -> str:
    return (
        f'<wps:wsp xmlns:wps="{WPS}"><wps:txbx><w:txbxContent>{inner}</w:txbxContent>'
        "</wps:txbx></wps:wsp>"
    )


def either(choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice>{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


VML_BOX = (
    f'<w:pict xmlns:v="{VML}"><v:rect><v:textbox><w:txbxContent>{said("Dans le cadre.")}'
    "</w:txbxContent></v:textbox></v:rect></w:pict>"
)
CELL = "<w:tc>{}</w:tc>"
MERGED = (
    "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
    f"{said('S')}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{said('H')}</w:tc>"
    f"</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{said('')}</w:tc>"
    f"{CELL.format(said('d'))}{CELL.format(said('f'))}</w:tr></w:tbl>"
)
SAYS = {
    "a check box that is on": (paragraph(run("non "), box(1)), "non ☒"),
    "a check box that is off": (paragraph(run("oui "), box(0, "☒")), "oui ☐"),
    "an old check box": (paragraph(old_box(checked=True), run(" non")), "☒ non"),
    "an old check box that is off": (paragraph(old_box(checked=False), run(" oui")), "☐ oui"),
    "an old drop-down list": (
        paragraph(run("Potable : "), field("FORMDROPDOWN", form=CHOICE)),
        "Potable : non",
    ),
    "a drop-down list": (
        paragraph(
            run("Lieu : "),
            f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{run('Alma')}"
            "</w:sdtContent></w:sdt>",
        ),
        "Lieu : Alma",
    ),
    "a simple field": (
        paragraph(run("Le "), f'<w:fldSimple w:instr="DATE">{run("3 mars")}</w:fldSimple>'),
        "Le 3 mars",
    ),
    "a field with its result": (
        paragraph(run("Le "), field("DATE", "3 mars")),
        "Le 3 mars",
    ),
    "an equation": (
        paragraph(run("Limite : "), maths(term("5 mg/L")), run(" par jour")),
        "Limite : 5 mg/L par jour",
    ),
    "a power and a fraction": (
        paragraph(
            maths(
                f"<m:sSup><m:e>{term('10')}</m:e><m:sup>{term('-3')}</m:sup></m:sSup>"
                f"<m:f><m:num>{term('a+b')}</m:num><m:den>{term('2')}</m:den></m:f>"
            )
        ),
        "10^(-3)(a+b)/2",
    ),
    "a text box": (
        paragraph(run("Avant."), frame(text_box(said("Dans le cadre.")))),
        "Avant.\n\nDans le cadre.",
    ),
    "a text box with its older form": (
        paragraph(
            run("Avant."),
            f"<w:r>{either(frame(text_box(said('Dans le cadre.'))), VML_BOX)}</w:r>",
        ),
        "Avant.\n\nDans le cadre.",
    ),
    "a diagram": (
        paragraph(run("Étapes :"), frame(f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="d1"/>')),
        "Étapes :\n\nÉvacuer\n\nAttendre",
    ),
    "WordArt": (
        paragraph(
            f'<w:r><w:pict xmlns:v="{VML}"><v:shape><v:textpath string="AVIS"/></v:shape>'
            "</w:pict></w:r>"
        ),
        "AVIS",
    ),
    "a double strike": (paragraph(run("Ouvert", "<w:dstrike/>")), "~~Ouvert~~"),
    "a line break of another name": (
        paragraph("<w:r><w:t>Un</w:t><w:cr/><w:t>Deux</w:t></w:r>"),
        "Un\\\nDeux",
    ),
    "text from right to left": (paragraph(f'<w:bdo w:val="rtl">{run("Un")}</w:bdo>'), "Un"),
    "ruby": (
        paragraph(f"<w:r><w:ruby><w:rubyBase>{run('Un')}</w:rubyBase></w:ruby></w:r>"),
        "Un",
    ),
    "a frame made of a table": (
        f"<w:tbl><w:tr>{CELL.format(said('Un') + said('Deux'))}</w:tr></w:tbl>",
        "Un\n\nDeux",
    ),
    "merged cells": (MERGED, "| S | H | H |\n| --- | --- | --- |\n| S | d | f |"),
}
DIAGRAM = (
    f'<dgm:dataModel xmlns:dgm="{DGM}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>{}</dgm:ptLst>'
    "</dgm:dataModel>"
).format(
    "".join(
        f'<dgm:pt type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for kind, text in (("node", "Évacuer"), ("sibTrans", "MARKER"), ("node", "Attendre"))
    )
)
ROWS = {
    "d1": ("diagramData", "diagrams/data1.xml", False),
    "r9": ("image", "media/p.jpg", False),
}
PARTS: dict[str, str | bytes] = {
    "word/diagrams/data1.xml": DIAGRAM,
    "word/media/p.jpg": photograph(),
}


@pytest.mark.parametrize("name", SAYS)
def test_what_it_says_comes_along(name: str) -> None:
    body, written = SAYS[name]
    assert word_to_markdown(word(body, ROWS, dict(PARTS)), accept=False).text == f"{written}\n"


MATRIX = f"<m:m><m:mr><m:e>{term('1')}</m:e><m:e>{term('2')}</m:e></m:mr></m:m>"
LOST = {
    "a chart": frame(f'<c:chart xmlns:c="{CHART}" r:id="c1"/>', "Niveau du lac"),
    "a diagram": frame(f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="none"/>', "Étapes"),
    "an equation": maths(MATRIX),
    "a field without a result": field("DATE"),
    "a sign of the font": '<w:r><w:sym w:font="MaPolice" w:char="F041"/></w:r>',
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_come_along_is_refused_with_its_place(name: str) -> None:
    content = word(said("Un.") + paragraph(run("Deux."), LOST[name]), ROWS, dict(PARTS))
    with pytest.raises(ContentRefused, match="1 part of it would be missing") as refusal:
        word_to_markdown(content, accept=False)
    assert refusal.value.why[0].startswith(f"paragraph 2: {name}: ") or "font" in name
    intake = word_to_markdown(content, accept=True)
    assert intake.text == "Un.\n\nDeux.\n"
    assert any(one.startswith(name) for one in intake.dropped)


def test_the_prompt_of_an_empty_control_is_left_out_and_told() -> None:
    prompt = run("Cliquez ici pour entrer du texte.")
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    )
    intake = word_to_markdown(word(paragraph(run("Lieu : Alma"), control)), accept=False)
    assert intake.text == "Lieu : Alma\n"
    assert intake.dropped == ("a control that is empty: 'Cliquez ici pour entrer du texte.'",)


def item(text: str, level: int = 0, number: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{run(text)}</w:p>"
    )


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)
LISTS = [
    (
        item("Coupez") + item("Sortez") + said("Attendez.") + item("Rentrez"),
        "1. Coupez\n2. Sortez\n\nAttendez.\n\n3. Rentrez\n",
    ),
    (
        item("Un") + item("a", 1) + item("b", 1) + item("Deux") + item("c", 1),
        "1. Un\n   1. a\n   2. b\n2. Deux\n   1. c\n",
    ),
    (item("Un") + item("Cinq", 0, 3) + item("Six", 0, 3), "1. Un\n\n5) Cinq\n6) Six\n"),
    (item("puce", 0, 2) + item("puce", 0, 2), "- puce\n- puce\n"),
    (
        item("Un \ue0007\ue001") + said("\ue0009\ue001"),
        "1. Un 7\n\n9\n",
    ),
]


@pytest.mark.parametrize(("body", "written"), LISTS)
def test_a_list_keeps_the_numbers_that_word_shows(body: str, written: str) -> None:
    content = word(body, more={"word/numbering.xml": NUMBERING})
    assert word_to_markdown(content, accept=False).text == written


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_pictures_of_any_usual_format_come_along(kind: str) -> None:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(written, kind)
    parts: dict[str, str | bytes] = {"word/media/p.jpg": written.getvalue()}
    intake = word_to_markdown(word(paragraph(blip("r9")), ROWS, parts), accept=False)
    assert len(intake.pictures) == 1
    assert intake.dropped == ()


def test_pictures_of_a_group_come_along_with_their_descriptions() -> None:
    inner = blip("r9").partition("<a:graphicData>")[2].partition("</a:graphicData>")[0]
    named = inner.replace(
        "<pic:pic>", "<pic:pic><pic:nvPicPr><pic:cNvPr id='2' descr='Le quai'/></pic:nvPicPr>"
    )
    group = frame(f"<wpg:wgp xmlns:wpg='urn:wpg'>{named}{named}</wpg:wgp>")
    intake = word_to_markdown(word(paragraph(group), ROWS, dict(PARTS)), accept=False)
    assert intake.text.count("![Le quai](pictures/") == 2
