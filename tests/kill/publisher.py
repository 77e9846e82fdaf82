"""Publishes a built site to a bucket as a run does, in a process that may be killed."""

import json
import sys
from pathlib import Path
from uuid import uuid4

from sparetire.config.services import S3Service
from sparetire.hosts.base import Commit, Holder
from sparetire.hosts.s3 import S3Host
from sparetire.stages.plan import make_plan
from sparetire.stages.push import Push
from tests.support.editions import AT, edition

__all__: list[str] = []


def main(folder: Path, service: S3Service) -> None:
    """Make the files of a folder live."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    site, host = edition(folder, files), S3Host(service)
    with host.lock(Holder("ana@laptop", "launch spill", uuid4().hex)):
        live = host.read_live() if host.features.conditional_writes else None
        plan = make_plan("bucket", site.manifest, live)
        commit = Commit(site.manifest, live, {}, AT)
        push = Push(site, plan, host, commit)
        push.send(lambda _event: None)
        push.commit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), S3Service.model_validate(json.loads(sys.argv[2])))
