"""One deploy at Netlify: the list of all files, the bytes it lacks, and the switch.

Steps: https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/#file-digest-method
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from sparetire.errors import ConfigurationFault, HostUnreachable
from sparetire.hosts.netlify.api import Api

__all__ = ["Deploy", "Deployment", "refuse_locked", "sha1_of", "site_path"]

_PARALLEL = 5  # more uploads at once are refused on the smaller plans
_AT_ONCE = 100  # larger lists are compared in the background, as Netlify advises
_FIRST_LOOK, _LONGEST_LOOK = 0.1, 1.0
_COMPARED = {"prepared", "uploading", "uploaded", "processing", "processed", "ready"}

Deploy = dict[str, Any]
Bodies = Mapping[str, Callable[[], bytes]]


def sha1_of(body: bytes) -> str:
    """Return the mark by which Netlify knows a file; what is sound is proved by SHA-256."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()


def site_path(site: str) -> str:
    """Return a site's address in the API."""
    return f"/sites/{quote(site, safe='')}"


class Deployment:
    """Makes one deploy, within a time; until it is published, nothing public changes.

    Args:
        api: Netlify.
        site: The site's address at Netlify, or its site ID.
        until: When to give up, by the monotonic clock.
    """

    def __init__(self, api: Api, site: str, until: float) -> None:
        self._api = api
        self._site = site
        self._until = until

    def publish(self, title: str, digest: Mapping[str, str], bodies: Bodies) -> Deploy:
        """Return the deploy once Netlify has published it.

        Args:
            title: Its title, which only the site's owners see.
            digest: The SHA-1 of every file of the site, by path.
            bodies: How to read the files that Netlify may lack, by SHA-1.

        Raises:
            ConfigurationFault: It is ready, but the site does not publish it.
            HostUnreachable: Netlify did not make it in time.
        """
        deploy = self._api.ask(
            "POST",
            f"{site_path(self._site)}/deploys",
            until=self._until,
            params={"title": title},
            json={
                "files": {f"/{path}": sha1 for path, sha1 in digest.items()},
                "async": len(digest) > _AT_ONCE,
            },
        )
        deploy = self._wait(deploy, _COMPARED)
        self._upload(deploy, digest, bodies)
        self._wait(deploy, {"ready"})
        return self._published(str(deploy["id"]))

    def _upload(self, deploy: Deploy, digest: Mapping[str, str], bodies: Bodies) -> None:
        paths = {sha1: path for path, sha1 in digest.items()}
        required = list(dict.fromkeys(deploy.get("required") or ()))
        unknown = [sha1 for sha1 in required if sha1 not in bodies or sha1 not in paths]
        if unknown:
            files = ", ".join(paths.get(sha1, sha1) for sha1 in unknown[:3])
            raise HostUnreachable(
                f"Netlify has lost files of the site {self._site!r}.",
                why=f"It asks for {len(unknown)} that the last deploy held: {files}.",
                then="Publish to your backup target, and ask Netlify's support.",
            )

        def send(sha1: str) -> None:
            self._api.ask(
                "PUT",
                f"/deploys/{deploy['id']}/files/{quote(paths[sha1])}",
                until=self._until,
                data=bodies[sha1](),
                headers={"Content-Type": "application/octet-stream"},
            )

        with ThreadPoolExecutor(_PARALLEL, "netlify") as pool:
            sent = [pool.submit(send, sha1) for sha1 in required]
            try:
                for each in sent:
                    each.result()
            finally:  # After a failure those under way end, and no other begins.
                pool.shutdown(cancel_futures=True)

    def _wait(self, deploy: Deploy, states: set[str]) -> Deploy:
        """Look at a deploy until it has got as far as one of the states."""
        pause = _FIRST_LOOK
        while deploy.get("state") not in states:
            if deploy.get("state") == "error":
                raise HostUnreachable(
                    f"Netlify could not make the deploy {deploy['id']}.",
                    why=f"It says: {deploy.get('error_message') or 'an error, and no more'}.",
                    then="Run the same command again; if it goes on, use your backup target.",
                )
            self._pause(pause, f"is still {deploy.get('state')!r}", deploy)
            pause = min(pause * 2, _LONGEST_LOOK)
            path = f"{site_path(self._site)}/deploys/{deploy['id']}"
            deploy = self._api.ask("GET", path, until=self._until)
        return deploy

    def _published(self, deploy: str) -> Deploy:
        """Look at the site until it shows this deploy."""
        pause = _FIRST_LOOK
        while True:
            site = self._api.ask("GET", site_path(self._site), until=self._until)
            published = site.get("published_deploy") or {}
            if published.get("id") == deploy:
                return dict(published)
            refuse_locked(site, self._site)
            self._pause(pause, "is ready, but not published", {"id": deploy})
            pause = min(pause * 2, _LONGEST_LOOK)

    def _pause(self, seconds: float, state: str, deploy: Deploy) -> None:
        if time.monotonic() + seconds > self._until:
            raise HostUnreachable(
                f"Netlify did not finish the deploy {deploy['id']} in time.",
                why=f"It {state}.",
                public="Perhaps unchanged: Netlify may still finish. See sparetire status.",
                then="Wait a minute, then run the same command again.",
            )
        time.sleep(seconds)


def refuse_locked(site: Mapping[str, Any], name: str) -> None:
    """Refuse a site that would take a deploy, but not show it.

    Raises:
        ConfigurationFault: Somebody has stopped it from publishing.
    """
    published = site.get("published_deploy") or {}
    if published.get("locked"):
        raise ConfigurationFault(
            f"The Netlify site {name!r} is locked to its present deploy.",
            why="Somebody stopped auto publishing: new deploys would not be seen.",
            then="At Netlify, under Deploys, start auto publishing; then run it again.",
        )
    if site.get("prevent_non_git_prod_deploys"):
        raise ConfigurationFault(
            f"The Netlify site {name!r} publishes from its repository only.",
            why="It is set to refuse deploys that do not come from Git.",
            then="Allow them in the site's settings at Netlify, or use a site of its own.",
        )
