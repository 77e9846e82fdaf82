"""Finds in the settings what each key alone cannot show."""

import difflib
import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sparetire.config.places import Place, Problem
from sparetire.config.schema import Settings
from sparetire.config.section import is_loopback
from sparetire.config.services import (
    GitService,
    NetlifyService,
    S3Service,
    Service,
    SftpService,
)

if TYPE_CHECKING:
    from sparetire.config.section import Localised

__all__ = ["contradictions"]


def contradictions(settings: Settings) -> Iterator[Problem]:
    """Yield every pair of keys that cannot both be meant."""
    codes = [language.code for language in settings.languages]
    if len(set(codes)) != len(codes):
        yield Problem(("organisation", "languages"), "each language may stand once.")
    yield from _missing_words(settings, codes)
    for number, contact in enumerate(settings.contacts):
        if not (contact.phone or contact.email):
            yield Problem(("contacts", number), "needs a phone or an email.")
    names = [webhook.name for webhook in settings.announce.webhooks]
    if len(set(names)) != len(names):
        yield Problem(("announce", "webhooks"), "each name may stand once.")
    roles = {approver.role for approver in settings.approvers}
    if settings.crisis.approvals > len(roles):
        yield Problem(
            ("crisis", "approvals"),
            f"asks for {settings.crisis.approvals} roles; [[approvers]] has {len(roles)}.",
        )
    yield from _same_names(settings, codes)
    yield from _lost_targets(settings)
    yield from _public_state(settings)
    yield from _shared_ground(settings)


def _missing_words(settings: Settings, codes: list[str]) -> Iterator[Problem]:
    name = settings.organisation.name
    texts: list[tuple[Place, Localised]] = [
        (("organisation", "name"), name),
        (("organisation", "boilerplate"), settings.organisation.boilerplate),
    ]
    for number, contact in enumerate(settings.contacts):
        texts += [(("contacts", number, "name"), contact.name)]
        texts += [(("contacts", number, "hours"), contact.hours)]
    if "categories" in settings.newsroom.model_fields_set:
        for key, names in settings.newsroom.categories.items():
            texts += [(("newsroom", "categories", key), names)]
    for place, text in texts:
        if isinstance(text, dict) and set(text) != set(codes):
            yield Problem(place, f"needs a text for each of: {', '.join(codes)}.")
    if not name or (isinstance(name, dict) and not all(name.values())):
        yield Problem(("organisation", "name"), "is empty.")


def _same_names(settings: Settings, codes: list[str]) -> Iterator[Problem]:
    """Find categories that one language calls alike: their pages would be one."""
    for code in codes:
        seen: dict[str, str] = {}
        for key in settings.newsroom.categories:
            name = settings.newsroom.category(key, code).casefold()
            if name in seen:
                place = ("newsroom", "categories", key)
                yield Problem(place, f"is called like {seen[name]!r} in {code!r}.")
            seen[name] = key


def _lost_targets(settings: Settings) -> Iterator[Problem]:
    for section in ("crisis", "newsroom"):
        names = getattr(settings, section).targets
        if len(set(names)) != len(names):
            yield Problem((section, "targets"), "each target may stand once.")
        for name in dict.fromkeys(names):
            if name not in settings.targets:
                yield Problem((section, "targets"), _no_target(name, settings.targets))
    drill = settings.crisis.drill
    if drill is not None and drill not in settings.staging:
        yield Problem(("crisis", "drill"), _no_target(drill, settings.staging))


def _no_target(name: str, known: Mapping[str, object]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"known: {', '.join(known) or 'none'}."
    return f"no target is called {name!r}; {hint}"


def _public_state(settings: Settings) -> Iterator[Problem]:
    for section in ("targets", "staging"):
        for name, service in getattr(settings, section).items():
            if isinstance(service, S3Service) and service.bucket == service.state_bucket:
                yield Problem(
                    (section, name, "state_bucket"),
                    "is the bucket that the public reads; give it a private one of its own.",
                )


def _shared_ground(settings: Settings) -> Iterator[Problem]:
    """Find a staging target that stands where a live one does: a drill would go public."""
    for staged, rehearsal in settings.staging.items():
        for name, live in settings.targets.items():
            if shared := _credentials(rehearsal) & _credentials(live):
                yield Problem(
                    ("staging", staged),
                    f"uses the credentials of the live target {name!r} ({min(shared)}): a "
                    "drill must not be able to write there. Give it credentials of its own.",
                )
            if _same_site(rehearsal.url, live.url) or any(
                mine.startswith(theirs) or theirs.startswith(mine)
                for mine in _grounds(rehearsal)
                for theirs in _grounds(live)
            ):
                yield Problem(
                    ("staging", staged),
                    f"shares ground with the live target {name!r}: a drill would go public. "
                    "Give it an address and a place of its own.",
                )


def _grounds(service: Service) -> tuple[str, ...]:
    """List the folders a service writes to, so that one inside another begins with it."""
    if isinstance(service, S3Service):
        where = service.endpoint_url or "aws"
        buckets = (service.bucket, service.state_bucket)
        return tuple(f"{where}/{bucket}/{service.prefix}" for bucket in buckets)
    if isinstance(service, SftpService):
        where = f"sftp/{service.server.lower()}:{service.port}/"
        # A path that does not begin with a slash begins at the user's home.
        start = "" if service.path.startswith("/") else f"~{service.user}/"
        return (where + posixpath.normpath(f"{start}{service.path}").lstrip("/") + "/",)
    if isinstance(service, GitService):
        return (f"git/{service.repository.rstrip('/').removesuffix('.git')}/{service.branch}/",)
    if isinstance(service, NetlifyService):
        return (f"netlify/{service.site}/",)
    return (Path(os.path.normpath(Path("/workspace", service.path))).as_posix() + "/",)


def _credentials(service: Service) -> set[str]:
    """Return the names under which a service's own credentials are kept."""
    match service:
        case S3Service(profile=str(profile)):
            return {f"profile {profile}"}
        case SftpService(key=str(key)):
            return {f"key {key}"}
        case GitService() if not service.repository.startswith("https:"):
            return set()  # SSH asks the agent, whose keys we do not know
        case GitService(token_env=variable) | NetlifyService(token_env=variable):
            return {f"token in {variable}"}
        case _:
            return set()


def _same_site(one: str, other: str) -> bool:
    """Tell whether readers of two addresses meet on one host; on loopback a port is one."""
    mine, theirs = urlsplit(one), urlsplit(other)
    if mine.hostname != theirs.hostname:
        return False
    return not is_loopback(one) or mine.port == theirs.port
