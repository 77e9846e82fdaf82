"""Where races take place: a server, a folder, the peers' programs, and a stopwatch."""

import compileall
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import sparetire
from benchmarks.delay import delayed
from tests.support.seaweed import Seaweed, seaweed

KIBI = 1024

__all__ = ["Ground", "Sample", "ground_at", "machine", "spread", "timed"]


@dataclass(frozen=True)
class Sample:
    """What one run took.

    Attributes:
        total: Seconds by the wall clock.
        cpu: Seconds of all processors together.
        stages: Seconds by the wall clock, by stage.
        peak: The most memory that any one process of the run held, in MiB; 0 when not taken.
    """

    total: float
    cpu: float
    stages: Mapping[str, float]
    peak: float = 0.0


@dataclass(frozen=True)
class Ground:
    """Where the runs take place.

    Attributes:
        server: Where contestants send to.
        near: The same server without the delay.
        far: The same server behind the delay, as readers reach it.
        folder: For everything that is written.
        peers: The programs of the peers.
        peaks: The memory that each command held at most, in MiB, as they ended.
    """

    server: Seaweed
    near: Seaweed
    far: Seaweed
    folder: Path
    peers: Path
    peaks: list[float] = field(default_factory=list)

    @property
    def at_hand(self) -> "Ground":
        """The same without the delay, for what is not timed."""
        return replace(self, server=self.near)

    def run(self, *command: str | Path) -> str:
        """Run a command to its end and return what it printed; anything but 0 ends the race."""
        environment = os.environ | {
            "AWS_ACCESS_KEY_ID": self.server.access_key,
            "AWS_SECRET_ACCESS_KEY": self.server.secret_key,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as errors:
            process = subprocess.Popen(
                command, env=environment, cwd=self.folder, stdout=said, stderr=errors
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.peaks.append(used.ru_maxrss / KIBI)
            said.seek(0)
            errors.seek(0)
            output, complaint = said.read(), errors.read()
        if process.returncode != 0:
            words = " ".join(map(str, command))
            sys.exit(f"{words}\nended with {process.returncode}:\n{output}{complaint}")
        return output

    def sparetire(self, *arguments: str | Path) -> str:
        """Run our own command."""
        return self.run(sys.executable, "-m", "sparetire", *arguments)


@contextmanager
def ground_at(delay: float, peers: Path) -> Iterator[Ground]:
    """Start a server, and put the delay (milliseconds of a round trip) before it.

    The peers were compiled to bytecode when they were installed, so the checkout must be, too.
    """
    compileall.compile_dir(Path(sparetire.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder, seaweed() as server:
        where = Path(folder)
        if not delay:
            yield Ground(server, server, server, where, peers.resolve())
            return
        with delayed(urlsplit(server.endpoint_url).netloc, delay) as address:
            far = replace(server, endpoint_url=f"http://{address}")
            yield Ground(far, server, far, where, peers.resolve())


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that an act took, and the processor seconds of its children."""
    start, cpu = time.perf_counter(), _cpu_of_children()
    act()
    return time.perf_counter() - start, _cpu_of_children() - cpu


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spread(values: Sequence[float]) -> str:
    """Return the median and the ends of some figures."""
    return f"median {median(values):6.2f}   min {min(values):6.2f}   max {max(values):6.2f}"


def machine() -> str:
    """Return what the figures were measured on, in two lines."""
    load = os.getloadavg()[0]
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},\n"
        f"load {load:.1f} (where it is above 1, compare processor seconds and ratios)"
    )
