"""Hold marks: words that say of a text that it must not go public yet, or ever.

A mark is told from a sentence by where it stands: alone on its line, before or after a dash, in
brackets, or in capitals. "L’information confidentielle reste protégée" is a sentence.
"""

import re
from collections.abc import Iterator

from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import Line, Part, draft_lines, newest_words

__all__ = ["hold_mark", "mark_in"]

_TEXT = (
    "statement|release|press release|text|version|document|déclaration|declaration"
    "|communiqué|communique|texte|copy|copie"
)
_UNTIL = r"(?: (?:before|until|without|yet|avant|sans)\b.{0,80})?"
_DRAFT = "(?:draft|ébauche|ebauche|brouillon)"
_KIND = "(?:first|final|working|preliminary|rough|internal|première)"
_ONLY = r"(?:seulement|uniquement|exclusive?ment)"
_CONFIDENTIAL = r"confidenti(?:al|el(?:le)?)"
# A line, or a part of one between dashes, that is one of these is a mark in any letters.
_ALWAYS = (
    rf"(?:{_KIND} )?{_DRAFT}(?: (?:{_TEXT}))?",
    rf"(?:{_DRAFT}|projet) (?:de|du) (?:{_TEXT})",
    r"version (?:de travail|pr[ée]liminaire|provisoire)",
    r"(?:preliminary|unapproved) (?:version|draft)|not (?:yet )?approved|non approuv[ée]e?",
    rf"ne pas (?:diffuser|publier|transf[ée]rer|faire circuler){_UNTIL}",
    rf"do not (?:publish|release|forward|share){_UNTIL}",
    r"hold (?:for|until|pending) (?:release|approval|publication|further notice)\b.{0,80}",
    r"(?:on )?hold until\b.{1,80}|hold all publication",
    rf"(?:(?:pour|[àa]|d[’']) ?)?usage interne {_ONLY}",
    rf"r[ée]serv[ée]e? [àa] l[’']usage interne(?: {_ONLY})?",
    rf"diffusion interne {_ONLY}",
    r"(?:strictement )?[àa] l[’']interne (?:seulement|uniquement)",
    r"(?:for )?internal (?:use|distribution|circulation) only|internal only",
    rf"not for (?:release|publication|public release|broadcast|circulation){_UNTIL}",
    r"(?:non destin[ée]e?|pas) (?:[àa] la|pour) (?:publication|diffusion)",
    rf"(?:publication|diffusion) interdite{_UNTIL}|diffusion restreinte",
    r"(?:sous embargo|embargo[ée]*d?|under embargo) (?:jusqu|until|till)\b.{0,80}",
    r"off the record|confidentiel d[ée]fense|tlp ?: ?(?:red|amber(?:\+strict)?)",
    rf"(?:strictly|highly|very|company|strictement|hautement|tr[èe]s) {_CONFIDENTIAL}",
    rf"(?:privileged|private|personal|privil[ée]gi[ée]|personnel) (?:and|&|et) {_CONFIDENTIAL}",
    r"strictly private",
)
# Of these, capitals or a line of their own make a mark: "Confidential: call …" is a help line.
_ALONE = (
    rf"{_CONFIDENTIAL}(?: (?:{_TEXT}))?|(?:{_TEXT}) {_CONFIDENTIAL}",
    r"embargo(?:ed)?|sous embargo|document de travail|working document",
    r"(?:en attente|sous r[ée]serve) d[’'](?:approbation|autorisation|une approbation)",
    r"(?:pending|awaiting|subject to) (?:final |legal )?(?:approval|review|sign-?off)",
    r"(?:pour|for) (?:approbation|approval|relecture|r[ée]vision|review)(?: only| seulement)?",
    r"(?:(?:pour|[àa]|d[’']) ?)?usage interne|diffusion interne",
    r"(?:for )?internal (?:use|distribution|circulation)",
    r"not for distribution|do not (?:distribute|circulate|copy)|ne pas (?:distribuer|copier)",
)
_CAPITALS = re.compile(r"(?:TOP )?SECRET|RESTRICTED|PROTÉGÉ [ABC]|PROTECTED [ABC]|EYES ONLY")
_NUMBER = r"(?: ?(?:n[o°]\.? ?|v(?:ersion)? ?|no\.? ?)?\d{1,3}(?:\.\d{1,3}){0,3})?"
_DATE = (
    r"\d{1,2}(?:er)? [^\W\d]+(?: \d{4})?"
    r"|[^\W\d]+ \d{1,2}(?:, \d{4})?"
    r"|\d{4}-\d\d-\d\d"
)
_DAY = rf"(?: (?:du |of |as of |dated |le )?(?:{_DATE}))?"
_MARK_ALWAYS = re.compile(rf"(?:{'|'.join(_ALWAYS)}){_NUMBER}{_DAY}", re.IGNORECASE)
_MARK_ALONE = re.compile(rf"(?:{'|'.join(_ALONE)}){_NUMBER}{_DAY}", re.IGNORECASE)
# Most lines hold nothing of the kind, and this search is fast.
_HINT = re.compile(
    r"confidenti|draft|bauche|brouillon|diffu|publi|hold|intern|embargo|approb|approv|projet"
    r"|review|r[ée]vision|relecture|travail|secret|restrict|prot[ée]|record|release|tlp|eyes"
    r"|do not|ne pas|liminaire|provisoire|priv|copy|for distribution",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s[–—|/-]+\s|\s?[–—|]\s?|\s?[:;•·]\s|[.!]\s+|\s{2,}|,\s(?=[A-ZÀ-Þ])")
_BRACKETS = re.compile(r"[\[(]\s{0,3}([^\[\]()]{3,80}?)\s{0,3}[\])]")
_SIGNS = re.compile(r"[\\*_`~#>]+|^\s{0,20}(?:[-+•]\s|\d{1,3}[.)]\s)?")
# A line of a file's head, which `head-shown` warns of.
_HEAD = re.compile(r"(?:[Ss]tatu[st]|[Dd]raft)\s?[:=]\s?['\"]?(?:[a-z]+|Draft)['\"]?")
_EDGES = ' \t\u00a0\u202f.,:;!-–—*=~/|«»"“”()[]'
_ITSELF = (
    "document|draft|release|press release|memo|e-?mail|message|statement|communiqu[ée]"
    "|[ée]bauche|courriel|d[ée]claration|note de service"
)
_ABOUT_ITSELF = re.compile(
    rf"\b(?:this|ce|cette|le pr[ée]sent|la pr[ée]sente)\s(?:{_ITSELF})"
    r"(?: and any attachments?)?\s(?:is|are|est)\s"
    r"(?:strictly |strictement |for |[àa] |pour |not |un |une |a )*"
    rf"(?:{_CONFIDENTIAL}|internal use|usage interne|{_DRAFT}|publication|release)\b",
    re.IGNORECASE,
)
_REMEDY = (
    "If this may go public, take the mark out; if it may not, publish nothing and ask whoever "
    "set it."
)


def hold_mark(draft: Draft) -> Iterator[Sight]:
    """No text goes public that says of itself CONFIDENTIAL, DRAFT, or hold for release.

    "ÉBAUCHE – NE PAS DIFFUSER", "HOLD FOR RELEASE" and "for internal use only" stop a launch.
    """
    words = newest_words(draft)
    for line in draft_lines(draft):
        found = mark_in(line.text)
        if found and not _is_told_below(line, found, words[line.code].body):
            yield line.place, f"{found!r} says that this must not go public.", _REMEDY


def _is_told_below(line: Line, found: str, body: str) -> bool:
    """Tell whether a summary's mark is that of the body, which it is the start of."""
    return line.part is Part.SUMMARY and found in body


def mark_in(line: str) -> str:
    """Return the hold mark that a line of text holds, or nothing."""
    if not _HINT.search(line):
        return ""
    bare = _SIGNS.sub("", line).strip()
    if _HEAD.fullmatch(bare):
        return ""
    if found := _ABOUT_ITSELF.search(bare):
        return found.group()
    for inner in _BRACKETS.findall(bare):
        if _is_mark(inner, alone=False):
            return str(inner)
    parts = [part for part in _PARTS.split(bare) if part.strip(_EDGES)]
    marks = [_is_mark(part, alone=len(parts) == 1) for part in parts]
    if len(parts) > 1 and all(_is_mark(part, alone=True) for part in parts):
        return bare
    edges = {0, len(parts) - 1} if parts else set()
    return next((parts[at].strip(_EDGES) for at in sorted(edges) if marks[at]), "")


def _is_mark(part: str, *, alone: bool) -> bool:
    text = " ".join(part.strip(_EDGES).split())
    if _MARK_ALWAYS.fullmatch(text) or _CAPITALS.fullmatch(text):
        return True
    return bool(_MARK_ALONE.fullmatch(text)) and (alone or text == text.upper())
