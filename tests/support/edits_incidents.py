"""What may change about incidents between two builds, as strategies for hypothesis."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from sparetire.model.incident import Incident, Kind, Statement, Words
from tests.support.draft import WORDS
from tests.support.site_edited import Edit, Site
from tests.support.workspaces import SAID_AT, incident

__all__ = ["INCIDENTS"]

Told = Callable[[Incident], Incident]
NUMBERS = st.integers(0, 3)


def _add(number: int) -> Edit:
    name = f"incident-{number}"
    said = replace(incident(name=name), slugs={"fr": name, "en": f"event-{number}"})

    def edit(site: Site) -> Site:
        others = [one for one in site.source.incidents if one.name != name]
        return site.with_incidents([*others, said])

    return edit


def _change(number: int, how: Told) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.incidents)
        if told:
            told[number % len(told)] = how(told[number % len(told)])
        return site.with_incidents(told)

    return edit


def _delete(number: int) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.incidents)
        return site.with_incidents([*told[:number], *told[number + 1 :]])

    return edit


def _retitled(title: str) -> Told:
    words = {code: replace(each, title=f"{title} {code}") for code, each in WORDS.items()}
    return lambda one: replace(
        one, statements=(replace(one.statements[0], words=words), *one.statements[1:])
    )


def _updated(kind: Kind, words: dict[str, Words]) -> Told:
    def how(one: Incident) -> Incident:
        last = one.statements[-1]
        said = Statement(last.number + 1, last.published + timedelta(hours=1), words, kind=kind)
        return replace(one, statements=(*one.statements, said))

    return how


def _redated(hours: int) -> Told:
    return lambda one: replace(
        one,
        statements=(
            replace(one.statements[0], published=SAID_AT - timedelta(hours=hours)),
            *one.statements[1:],
        ),
    )


INCIDENTS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_add, NUMBERS),
    st.builds(_delete, NUMBERS),
    st.builds(
        _change,
        NUMBERS,
        st.one_of(
            st.builds(_retitled, st.sampled_from(["Un", "Deux", "« Trois »", "Q & R <br>"])),
            st.builds(
                _updated,
                st.sampled_from([Kind.UPDATE, Kind.CLOSING]),
                st.sampled_from([WORDS, {"fr": WORDS["fr"]}]),
            ),
            st.builds(_redated, st.integers(1, 72)),
            st.builds(
                lambda slug: (
                    lambda one: replace(
                        one, slugs={"fr": f"{slug}-{one.name}", "en": f"x-{one.name}"}
                    )
                ),
                st.sampled_from(["alpha", "beta"]),
            ),
            st.builds(
                lambda tag: lambda one: replace(one, keywords={"fr": (tag,), "en": (tag,)}),
                st.sampled_from(["panne", "feu & eau"]),
            ),
        ),
    ),
)
