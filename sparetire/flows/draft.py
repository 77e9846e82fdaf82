"""Draft: what a dry run has built, shown on this machine or written as files to send."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.disk import local_disk, write_atomic, write_private
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.hosts.loopback import serve
from sparetire.model.edition import Edition
from sparetire.model.manifest import Manifest
from sparetire.model.published import Draft
from sparetire.stages.draft_page import as_file, watermarked

__all__ = ["keep_draft", "serve_draft", "write_draft"]


def keep_draft(session: Session, draft: Draft) -> None:
    """Remember what a dry run has built, for `serve_draft` in a later run.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    facts = {"pages": draft.pages, "files": draft.edition.manifest.to_json()}
    write_private(_place(session), json.dumps(facts, ensure_ascii=False))


@contextmanager
def serve_draft(session: Session) -> Iterator[dict[str, str]]:
    """Serve the newest draft on loopback while the context is open; yields its addresses.

    Its pages are watermarked; all else is as it would be public.

    Raises:
        UsageFault: There is no draft, or its files are gone.
    """
    draft = _kept(session)
    with tempfile.TemporaryDirectory(prefix="sparetire-") as name:
        site = Path(name)
        for path, entry in draft.edition.manifest.entries.items():
            place = site / path
            with local_disk(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(draft.edition.file(entry), place)
        for code, path in draft.pages.items():
            page = (site / path).read_text("utf-8")
            (site / path).write_text(watermarked(page, code), "utf-8")
        with serve(site, "127.0.0.1", 0) as address:
            yield {
                code: f"{address}/{path.removesuffix('index.html')}"
                for code, path in draft.pages.items()
            }


def write_draft(draft: Draft, file: Path) -> tuple[Path, ...]:
    """Write each page of a draft as one HTML file, ``NAME.fr.html``, and return the files.

    Raises:
        LocalDiskFault: The disk will not take them.
    """
    edition, written = draft.edition, []
    entries = edition.manifest.entries

    def read(path: str) -> bytes | None:
        return edition.file(entries[path]).read_bytes() if path in entries else None

    for code, path in draft.pages.items():
        page = (read(path) or b"").decode()
        place = file.with_name(f"{file.stem}.{code}{file.suffix or '.html'}")
        write_atomic(place, as_file(page, code, path, read))
        written.append(place)
    return tuple(written)


def _kept(session: Session) -> Draft:
    """Return the newest draft.

    Raises:
        UsageFault: There is none that is whole.
    """
    try:
        facts = json.loads(_place(session).read_text("utf-8"))
        edition = Edition(Manifest.from_json(facts["files"]), session.workspace.bodies)
        draft = Draft(edition, dict(facts["pages"]))
        whole = all(edition.file(one).is_file() for one in edition.manifest.entries.values())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_draft("No dry run has left one.") from error
    if not whole:
        raise _no_draft("Files of the last one are gone from this machine.")
    return draft


def _no_draft(why: str) -> UsageFault:
    return UsageFault(
        "There is no draft to show.",
        why=why,
        then="Make one: the command that you prepare, with --dry-run at its end.",
    )


def _place(session: Session) -> Path:
    return session.workspace.drafts / "page.json"
