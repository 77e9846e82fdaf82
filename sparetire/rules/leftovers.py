"""What came along with a text and was not meant for its readers.

Prompts of forms, heads of files, e-mail around a text, links that tell who clicked or that lead
to somebody's own machine.
"""

import re
from collections.abc import Iterator

from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import Part, draft_lines, matches

__all__ = [
    "head_shown",
    "link_out",
    "link_private",
    "link_tracked",
    "mail_shown",
    "prompt_shown",
]

# Every repetition has a limit: no text, however odd, may hold up a launch.
_ENTER = r"(?:entrer|saisir|taper|ajouter|choisir|s[ée]lectionner)"
_PROMPT = re.compile(
    r"\b(?:cliquez|appuyez)(?: ou (?:cliquez|appuyez))? ici pour "
    rf"{_ENTER}[^.\n]{{0,40}}"
    r"|\b(?:click|tap)(?: or (?:click|tap))?(?: here)? to "
    r"(?:enter|add|type|choose|select)[^.\n]{0,40}"
    r"|\b(?:choisissez|s[ée]lectionnez) un [ée]l[ée]ment\b|\bchoose an item\b"
    r"|\b(?:entrez|tapez|saisissez) (?:du|votre|le) texte ici\b"
    r"|\b(?:enter|type) (?:your )?text here\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?i)\s{0,3}(title|titre|date|modified|status|statut|slug|tags?|categor(?:y|ies)|cat[ée]gories?|auteurs?|authors?"
    r"|lang|language|summary|template|save_as|url|keywords|draft|layout|permalink|translation"
    r"|description|publishdate|expirydate|weight|aliases)\s?[:=]\s{0,3}\S"
)
_STRONG_HEADS = {"status", "statut", "slug", "save_as", "layout", "permalink", "publishdate"}
_MAIL_HEAD = re.compile(
    r"(?i)[\s>*_]{0,8}(from|to|cc|bcc|sent|subject|reply-to|date|de|[àa]|cci|envoy[ée](?: le)?"
    r"|objet|r[ée]pondre [àa]|message-id|x-mailer|received|return-path|mime-version"
    r"|content-type)[\s*_]{0,4}\s?:[\s*_]{0,4}\S"
)
_FORWARDED = "original message|forwarded message|message d[’']origine|message transf[ée]r[ée]"
_MAIL = re.compile(
    rf"(?<!-)-{{2,20}}\s?(?:{_FORWARDED})\s?--|^\W{{0,4}}begin forwarded message:"
    r"|^\W{0,4}d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])"
    r"|\bsent from my (?:iphone|ipad|android|galaxy|samsung|mobile|blackberry)\b"
    r"|\benvoy[ée] (?:de|depuis) mon (?:iphone|ipad|android|galaxy|t[ée]l[ée]phone|mobile)\b"
    r"|\bget outlook for (?:ios|android)\b|\bt[ée]l[ée]charger outlook pour\b"
    r"|^\W{0,4}(?:on\b.{5,120}\bwrote|le\b.{5,120}\ba [ée]crit)\s?:\s*$",
    re.IGNORECASE,
)
_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|aol|proton|protonmail|gmx"
    "|videotron|sympatico|bell|rogers|shaw|telus|cogeco"
)
_OWN_ADDRESS = re.compile(
    rf"\b[\w.+-]{{1,64}}@(?:{_PROVIDERS})\.[a-z]{{2,3}}(?:\.[a-z]{{2}})?\b", re.IGNORECASE
)
_ADDRESS = r"[^\s<>()\"']{0,2000}"
_REWRITERS = (
    r"safelinks\.protection\.outlook\.com|urldefense\.(?:com|proofpoint\.com)"
    r"|google\.[a-z.]{2,6}/url\?|l\.facebook\.com/l\.php|linkprotect\.cudasvc\.com"
    r"|protect-[a-z]{2}\.mimecast\.com"
)
_COUNTERS = r"utm_[a-z]{2,12}|[fgd]bclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hsenc|mkt_tok"
_WEB = re.compile(rf"https?://{_ADDRESS}", re.IGNORECASE)
_TRACKED = re.compile(rf"{_REWRITERS}|[?&;](?:{_COUNTERS})=", re.IGNORECASE)
_INSIDE = (
    r"localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|\[::1\]"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|[\w-]{1,63}(?=[/:\s)>]|$)"
    r"|[\w.-]{1,200}\.(?:local|lan|intranet|internal|corp|home)\b"
)
_PRIVATE = re.compile(
    rf"\bfile:/{{1,3}}{_ADDRESS}|(?<![\\\w])\\{{2,4}}[\w.-]{{2,60}}\\{{1,2}}[^\s]{{1,200}}"
    rf"|https?://(?:{_INSIDE}){_ADDRESS}",
    re.IGNORECASE,
)
_LEAST = 2  # lines that look like a head: a single one may be a sentence


def prompt_shown(draft: Draft) -> Iterator[Sight]:
    """A form's own words, such as "Click here to enter text.", are no part of a text."""
    for line, found in matches(draft, _PROMPT):
        yield (
            line.place,
            f"{found.strip()!r} is what a form says where nothing was entered.",
            "Write what belongs there, or take the line out.",
        )


def head_shown(draft: Draft) -> Iterator[Sight]:
    """The head of a file, such as ``Status: draft`` or ``Slug: …``, would be shown as text."""
    yield from _heads(draft, _HEAD, "the head of a file", _STRONG_HEADS)


def mail_shown(draft: Draft) -> Iterator[Sight]:
    """No e-mail goes public whole: headers, signature, and the addresses of persons."""
    yield from _heads(
        draft, _MAIL_HEAD, "the header of an e-mail", {"message-id", "return-path"}
    )
    for line, found in matches(draft, _MAIL):
        yield (
            line.place,
            f"{found.strip()[:80]!r} was added by a mail program.",
            "Keep the text for the public, and take out the e-mail around it.",
        )
    for line, found in matches(draft, _OWN_ADDRESS, unescaped=True):
        yield (
            line.place,
            f"{found} looks like a person's own address.",
            "Give the address of the organisation instead.",
        )


def _heads(draft: Draft, head: re.Pattern[str], what: str, strong: set[str]) -> Iterator[Sight]:
    """Yield lines that look like a head: several together, or one that must be one."""
    run: list[tuple[str, str, str]] = []
    for line in [*draft_lines(draft), None]:
        found = head.match(line.text) if line and line.part is Part.BODY else None
        if line and found:
            run.append((line.place, line.text.strip()[:80], found[1].lower()))
            continue
        if line and line.part is Part.BODY and run and not line.text.strip():
            continue  # an empty line between two lines of a head
        if len(run) >= _LEAST or any(name in strong for *_, name in run):
            for place, text, _ in run:
                yield place, f"{text!r} looks like {what}.", "Take it out of the text."
        run = []


def link_tracked(draft: Draft) -> Iterator[Sight]:
    """Links lead to the page itself: others tell a third party who has followed them."""
    for line, found in matches(draft, _WEB, unescaped=True):
        if not _TRACKED.search(found):
            continue
        yield (
            line.place,
            f"The link tells others who follows it: {found[:200]}",
            "Open it, copy the address of the page itself, and cut off ?utm_… and ?fbclid….",
        )


def link_private(draft: Draft) -> Iterator[Sight]:
    """No link leads to a file or a network of one's own: readers cannot follow it."""
    for line, found in matches(draft, _PRIVATE):
        yield (
            line.place,
            f"Readers cannot follow this link, which leads into your network: {found[:200]}",
            "Give a public address, or take the link out.",
        )


def link_out(draft: Draft) -> Iterator[Sight]:
    """A text is the file that its author sees, and no link to a file somewhere else."""
    for code, target in draft.leads_out.items():
        yield (
            draft.places.get(code, f"content ({code})"),
            f"This file is a link that leads out of its folder: {target}",
            "Check that it is the text you mean, or copy it into its place.",
        )
