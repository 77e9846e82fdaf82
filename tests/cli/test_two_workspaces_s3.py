"""Two workspaces, one bucket, a timer each: drawn sequences of what two teams do.

Neither is stopped by the newsroom of the other, nothing is read before its time, and no
statement is lost. KILL=all takes a hundred sequences.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cli.test_old_addresses import Bucket
from tests.support.command import Outcome, Team, new_team
from tests.support.newsroom import LONG, write_ready
from tests.support.samples import ALL, repeats
from tests.support.seaweed import Seaweed

SEQUENCES, STEPS = repeats(2, 100), 8 if ALL else 5
CODES = ("fr", "en")
RELEASES = ("quai", "train", "secret")  # the last one is under embargo
YES = ("--yes", "--json")
PUBLISH = ("newsroom", "publish", *YES)
WORD = {"quai": "quaicanari", "train": "traincanari", "secret": "secretcanari"}


@dataclass
class Pair:
    """Two copies of one workspace, and what the public must and may read.

    Attributes:
        said: The word that only its statement has, of each incident that is not withdrawn.
        gone: The same, of those that were.
        public: Releases that a timer has said to be public.
    """

    teams: tuple[Team, Team]
    bucket: Bucket
    said: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)

    def timer(self, team: Team, _number: int) -> None:
        """Publish what is due, as a timer does; the other one may have done so before."""
        done = team.call(*PUBLISH)
        assert done.code in {0, 4}, done.out
        if done.code == 0:
            names = [row["name"] for row in done.json["published"]]
            self.public.update(name.partition("-")[0] for name in names)
        else:
            assert "this workspace" in done.out, done.out

    def launch(self, team: Team, number: int) -> None:
        """Launch an incident of its own, with a quotation of what is public, if anything is."""
        name = f"cas-{number}-{len(self.said) + len(self.gone)}"
        word = f"canari{uuid4().hex[:10]}"
        words = []
        for code in CODES:
            file = team.folder.parent / f"{name}.{code}.md"
            file.write_text(f"{word} : un fait nouveau, and a new fact.\n", encoding="utf-8")
            title = {"fr": f"Cas {number} à Gagnon", "en": f"Case {number} in Gagnon"}[code]
            words += ["--content", f"{code}={file}", "--title", f"{code}={title}"]
            words += ["--keywords", f"{code}=cas, Gagnon", "--slug", f"{code}={name}"]
        self._works(team, "launch", *words)
        self.said[name] = word

    def withdraw(self, team: Team, number: int) -> None:
        """Take one of the incidents back."""
        if self.said:
            name = sorted(self.said)[number % len(self.said)]
            self._works(team, "withdraw", name, "--reason", "error")
            self.gone.add(self.said.pop(name))

    def rename(self, team: Team, number: int) -> None:
        """Give the files of a release another name."""
        releases = team.folder / "releases"
        name = RELEASES[number % len(RELEASES)]
        for file in list(releases.glob(f"{name}*.md")):
            code = file.name.split(".")[1]
            file.rename(releases / f"{name}-{number}.{code}.md")

    def copy(self, team: Team, number: int) -> None:
        """Make a draft that repeats a release, with the same id."""
        releases = team.folder / "releases"
        name = RELEASES[number % 2]
        for file in list(releases.glob(f"{name}*.fr.md"))[:1]:
            shutil.copy(file, releases / f"ebauche-{number}.fr.md")

    def _works(self, team: Team, *words: str) -> Outcome:
        """Give a crisis command, behind a pull, as an error of it would advise."""
        pulled = team.call("pull", "--json")
        assert pulled.code in {0, 2}, pulled.out  # nothing is there yet
        done = team.call(*words, *YES)
        assert done.code == 0, done.out
        return done

    def look(self) -> None:
        """Compare what the public reads with what it must and may read."""
        files = self.bucket.files()
        everything = b"\n".join(files.values())
        for name, word in self.said.items():
            for code in CODES:
                assert word.encode() in files[f"{code}/{name}.html"], f"{name} is lost"
        for word in self.gone:
            assert word.encode() not in everything, "a withdrawn text is public"
        assert WORD["secret"].encode() not in everything, "an embargo is broken"
        shown = {name for name, word in WORD.items() if word.encode() in everything}
        assert shown <= self.public, "a release is public that no timer published"


ACTS: tuple[Callable[[Pair, Team, int], None], ...] = (
    Pair.timer,
    Pair.launch,
    Pair.withdraw,
    Pair.rename,
    Pair.copy,
)


def _pair(folder: Path, server: Seaweed) -> Pair:
    first = new_team(folder / f"team-{uuid4().hex[:8]}")
    first.use_bucket(server)
    first.set("crisis", "page_urls", value='"file"')
    first.set("crisis", "targets", value='["production"]')
    first.set("newsroom", "targets", value='["production"]')
    for seed, name in enumerate(RELEASES, start=1):
        keys: dict[str, str] = {"publish_at": "2999-12-01 09:00"} if name == "secret" else {}
        for code in CODES:
            keys[f"body_{code}"] = f"{LONG[code]}\n\nLe mot {WORD[name]} le dit. It says so.\n"
            keys[f"title_{code}"] = f"Le projet {name} de Sept-Îles avance bien"
            keys[f"slug_{code}"] = f"projet-{name}"
        write_ready(first.folder / "releases", name, seed, **keys)
    second = Team(folder / "second", first.env)
    shutil.copytree(first.folder, second.folder, symlinks=True)
    return Pair((first, second), Bucket(first, server))


@settings(
    max_examples=SEQUENCES,
    deadline=None,
    derandomize=False,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.booleans(), st.integers(0, 9)),
        min_size=STEPS,
        max_size=STEPS,
    )
)
def test_two_workspaces_never_stand_in_each_other_s_way(
    seaweed_server: Seaweed, acts: list[tuple[Callable[[Pair, Team, int], None], bool, int]]
) -> None:
    with TemporaryDirectory() as folder:
        pair = _pair(Path(folder), seaweed_server)
        for act, second, number in acts:
            act(pair, pair.teams[second], number)
            pair.look()
