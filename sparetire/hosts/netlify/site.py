"""What a site at Netlify holds: the deploy that is published, and those before it."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sparetire.errors import ConfigurationFault
from sparetire.hosts.netlify.api import Api
from sparetire.hosts.netlify.deploy import Deploy, Deployment, refuse_locked, site_path
from sparetire.hosts.netlify.record import Record, Title, without_files
from sparetire.model.edition import Past

__all__ = ["Site"]

_LISTED = 30  # how far back past editions are looked for


class Site:
    """Reads a site through the API, and the files of its deploys as everybody can.

    Args:
        api: Netlify.
        name: The site's address at Netlify, or its site ID.
        patience: Seconds that one operation may take.
    """

    def __init__(self, api: Api, name: str, patience: float) -> None:
        self._api = api
        self._name = name
        self._patience = patience

    @property
    def _until(self) -> float:
        return time.monotonic() + self._patience

    def ask(self, method: str, path: str = "", **sent: Any) -> Any:  # noqa: ANN401  JSON
        """Ask for something of the site."""
        return self._api.ask(
            method, f"{site_path(self._name)}{path}", until=self._until, **sent
        )

    def published(self) -> Deploy:
        """Return the deploy that the public sees, empty where there is none.

        Raises:
            ConfigurationFault: The site would not show another one.
        """
        site = self.ask("GET")
        refuse_locked(site, self._name)
        return dict(site.get("published_deploy") or {})

    def recorded(self) -> Record | None:
        """Return what is published, or our newest without its files when a stranger's is."""
        published = self.published()
        if Title.of(published):
            return self.record(published)
        for deploy in self._ours():
            newest = self.record(deploy)
            return without_files(newest, str(published.get("id", "")))
        return None

    def record(self, deploy: Deploy) -> Record:
        """Return what one of our deploys holds.

        Raises:
            ConfigurationFault: Its record is gone or damaged.
        """
        title = Title.of(deploy)
        text = self.read(deploy, title.path) if title else None
        return Record.from_json(text, str(deploy["id"]))

    def read(self, deploy: Deploy, path: str) -> bytes | None:
        """Return a file from the deploy's own address, which outlives its being published."""
        address = deploy.get("deploy_ssl_url") or deploy["deploy_url"]
        return self._api.public(f"{address}/{quote(path)}", until=self._until)

    def once_published(self) -> list[Deploy]:
        """Return our newest deploys that the public has seen."""
        return [deploy for deploy in self._ours() if deploy.get("published_at")]

    def find(self, past: Past) -> Deploy:
        """Return the deploy that made an edition live.

        Raises:
            ConfigurationFault: Netlify does not keep it any more.
        """
        for deploy in self._ours():
            title = Title.of(deploy)
            if title and (title.edition, title.counter) == (past.edition, past.counter):
                return deploy
        raise ConfigurationFault(
            f"Edition {past.edition} is not at Netlify any more.",
            why=f"It is not among the newest {_LISTED} deploys of {self._name!r}.",
            then="Choose another edition: sparetire history",
        )

    def files(self) -> dict[str, str]:
        """Return the SHA-1 of every file that is published, by path."""
        listed = self.ask("GET", "/files") or ()
        return {str(file["path"]).lstrip("/"): str(file.get("sha")) for file in listed}

    def deployment(self) -> Deployment:
        """Begin a deploy, whose time runs from now."""
        return Deployment(self._api, self._name, self._until)

    def _ours(self) -> Iterator[Deploy]:
        """Yield our deploys that were finished, the newest first."""
        for deploy in self.ask("GET", "/deploys", params={"per_page": _LISTED}) or ():
            if Title.of(deploy) and deploy.get("state") == "ready":
                yield deploy
