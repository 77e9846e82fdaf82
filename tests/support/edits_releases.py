"""What may change about press releases between two builds, as strategies for hypothesis."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from sparetire.model.release import Correction, Publication, Release, Status, Wording
from tests.support.site_edited import Edit, Site, went
from tests.support.workspaces import SAID_AT

__all__ = ["OPENED", "RELEASES"]

Changed = Callable[[Release], Release]
OPENED = datetime(2025, 12, 28, 15, 0, tzinfo=UTC)


def _release(number: int, codes: Sequence[str] = ("fr", "en")) -> Release:
    at = OPENED + timedelta(days=number)
    wordings = {
        code: Wording(
            title=f"Quai {number} {code}",
            body=f"Le quai **{number}** s’agrandit.\n\n## Étape {number}\n\n> Oui.\n",
            summary=f"Étape {number}.",
            slug=f"quai-{number}",
            tags=("port",),
        )
        for code in codes
    }
    return Release(
        id=str(UUID(int=number + 1, version=4)),
        name=f"quai-{number}",
        category=("operations", "community")[number % 2],
        status=Status.READY,
        wordings=wordings,
        publication=Publication(at, at, dict.fromkeys(codes, f"quai-{number}"), {}, ("local",)),
    )


def _publish(number: int, many: int, codes: Sequence[str]) -> Edit:
    def edit(site: Site) -> Site:
        new = [_release(number + n, codes) for n in range(many)]
        names = {one.name for one in new}
        others = (one for one in site.source.releases if one.name not in names)
        return site.with_releases([*others, *new])

    return edit


def _unpublish(number: int) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.releases)
        return site.with_releases([*told[:number], *told[number + 1 :]])

    return edit


def _reworked(number: int, how: Changed) -> Edit:
    def edit(site: Site) -> Site:
        told = list(site.source.releases)
        if told:
            told[number % len(told)] = how(told[number % len(told)])
        return site.with_releases(told)

    return edit


def _reworded(**changes: Any) -> Changed:
    return lambda one: replace(
        one,
        wordings={code: replace(words, **changes) for code, words in one.wordings.items()},
    )


def _corrected(hours: int) -> Changed:
    at = SAID_AT + timedelta(hours=hours)
    words = _reworded(corrections=(Correction(at, "Le quai a deux étapes."),))
    return lambda one: went(words(one), updated=at)


def _withdrawn(hours: int) -> Changed:
    at = SAID_AT + timedelta(hours=hours)
    return lambda one: went(one, withdrawn=at, notice=dict.fromkeys(one.wordings, "Retiré."))


def _moved(hours: int) -> Changed:
    return lambda one: replace(one, dated=OPENED - timedelta(hours=hours))


RELEASES: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        _publish,
        st.integers(0, 40),
        st.sampled_from([1, 1, 2, 31]),  # with 30, a list has a closed page
        st.sampled_from([("fr", "en"), ("fr", "en"), ("fr",)]),
    ),
    st.builds(_unpublish, st.integers(0, 40)),
    st.builds(
        _reworked,
        st.integers(0, 40),
        st.one_of(
            st.builds(
                lambda title: _reworded(title=title),
                st.sampled_from(["Un", "« Deux »", "Q & R <br>"]),
            ),
            st.builds(
                lambda tag: _reworded(tags=(tag, "eau")),
                st.sampled_from(["panne", "feu & eau"]),
            ),
            st.builds(
                lambda key: lambda one: replace(one, category=key),
                st.sampled_from(["operations", "results", "gone"]),
            ),
            st.builds(
                lambda slug: (
                    lambda one: went(
                        one, slugs=dict.fromkeys(one.wordings, f"{slug}-{one.name}")
                    )
                ),
                st.sampled_from(["alpha", "beta"]),
            ),
            st.builds(_moved, st.integers(1, 24 * 400)),
            st.builds(_corrected, st.integers(1, 72)),
            st.builds(_withdrawn, st.integers(1, 72)),
        ),
    ),
)
