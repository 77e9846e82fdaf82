"""The host protocol, spoken to an S3 service."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from sparetire.config.schema import S3Service
from sparetire.errors import ConfigurationFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.lease import Lease
from sparetire.hosts.pointer import decode, encode, next_live, outrun
from sparetire.hosts.s3.client import open_client, tag_of, translated
from sparetire.hosts.s3.errors import Asked
from sparetire.hosts.s3.state import StateFile
from sparetire.model.edition import Live

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["S3Host"]

_THREADS = 32


class S3Host:
    """Puts pages into a public bucket, and its state into a private one.

    The state is kept under ``<bucket>/<prefix>``, so that one private bucket serves many sites.

    Args:
        service: The target's settings.
        lease: Seconds after which a lock that nobody renews may be taken over.
    """

    def __init__(self, service: S3Service, *, lease: float = 120.0) -> None:
        self._service = service
        self._lasts = lease
        self._lease: Lease | None = None

    @cached_property
    def _client(self) -> "S3Client":
        with translated(self._asked(self._service.bucket)):
            return open_client(self._service)

    @cached_property
    def _conditions(self) -> bool:
        """Some services take conditions and ignore them, so ask this one to refuse a write."""
        trial = self._file(f"{uuid4().hex}.probe")
        tag = trial.write(b"1", None)
        refused = trial.write(b"2", None) is None
        trial.delete(tag if refused else None)
        return refused

    @property
    def features(self) -> Features:
        """What the service does; whether it honours conditions is tried out, once."""
        return Features(atomic_switch=False, headers=True, conditional_writes=self._conditions)

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[None]:
        """Hold a lease that is renewed in the background: people think while they approve."""
        place = f"Bucket {self._service.bucket!r}"
        lease = Lease(self._file("lock.json"), holder, place, lasts=self._lasts)
        with lease.held():
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def read_live(self) -> Live | None:
        """Return the edition that ``live.json`` points to."""
        live = self._pointer()
        if live is None:
            return None
        with ThreadPoolExecutor(2, "look") as pool:
            recorded = pool.submit(self._history.tags, as_past(live))
            present = self._public.tags()
        tags = recorded.result()
        self._kept = {entry.sha256 for entry in live.manifest.entries.values()}
        sound = {
            path: entry
            for path, entry in live.manifest.entries.items()
            if path in tags and tags[path] == present.get(path)
        }
        return replace(live, manifest=Manifest(sound))

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Send files in parallel; results come in the caller's thread, in any order."""
        with ThreadPoolExecutor(min(_THREADS, len(uploads)) or 1, "put") as pool:
            sent = [pool.submit(self._send, upload) for upload in uploads]
            try:
                for done in as_completed(sent):
                    yield done.result()
            finally:  # After a failure those under way end, and no other begins.
                pool.shutdown(cancel_futures=True)

    def commit(self, commit: Commit) -> Live:
        """Write the manifest, then replace exactly the pointer that was read."""
        self._confirm()
        live = next_live(commit)
        manifest = f"manifests/{live.edition}.json"
        self._file(manifest).overwrite(live.manifest.to_json().encode())
        pointer = self._file("live.json")
        body = encode(live, manifest)
        tag = pointer.write(body, commit.previous.tag if commit.previous else None)
        if tag is None:
            kept = pointer.read()
            # Ours already: the answer to an earlier try of the same request was lost.
            if kept is None or kept.body != body:
                raise outrun(commit, self.read_live())
            tag = kept.tag
        return replace(live, tag=tag)

    def serving(self) -> AbstractContextManager[None]:
        """The service serves by itself."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the state and the lists of files would be read without credentials."""
        endpoint = self._client.meta.endpoint_url
        state, public = self._service.state_bucket, self._service.bucket
        return (
            f"{endpoint}/{state}/{quote(self._key('live.json'))}",
            f"{endpoint}/{state}?list-type=2",
            f"{endpoint}/{public}?list-type=2",
        )

    def probe(self) -> None:
        """Write, read and delete in the state bucket, and see that the public one is there."""
        trial = self._file(f"{uuid4().hex}.probe")
        body = uuid4().bytes
        trial.overwrite(body)
        kept = trial.read()
        trial.delete(None)
        if kept is None or kept.body != body:
            raise ConfigurationFault(
                f"Bucket {self._service.state_bucket!r} does not keep what is written there.",
                why="A file read back differs from what was written a moment before.",
                then="Choose another bucket or service for state_bucket in sparetire.toml.",
            )
        # Second, because the answer to this one never says why it refuses.
        with translated(self._asked(self._service.bucket)):
            self._client.head_bucket(Bucket=self._service.bucket)

    def _send(self, upload: Upload) -> Stored:
        self._confirm()
        entry, asked = upload.entry, self._asked(self._service.bucket)
        body = source_bytes(upload)
        with translated(asked):
            answer = self._client.put_object(
                Bucket=self._service.bucket,
                Key=f"{self._service.prefix}{entry.path}",
                Body=body,
                ContentType=entry.content_type,
                CacheControl=entry.cache_control,
            )
        return Stored(entry, tag=tag_of(answer.get("ETag"), asked))

    def _confirm(self) -> None:
        if self._lease is not None:
            self._lease.confirm()

    def _manifest(self, name: str) -> bytes:
        kept = self._file(name).read()
        return b"" if kept is None else kept.body

    def _asked(self, bucket: str) -> Asked:
        endpoint = self._service.endpoint_url or "AWS"
        return Asked(bucket, endpoint, self._service.profile)

    def _key(self, name: str) -> str:
        return f"{self._service.bucket}/{self._service.prefix}{name}"

    def _place(self, name: str) -> str:
        return f"s3://{self._service.state_bucket}/{self._key(name)}"

    def _file(self, name: str) -> "StateFile":
        bucket = self._service.state_bucket
        return StateFile(self._client, self._asked(bucket), self._key(name))
