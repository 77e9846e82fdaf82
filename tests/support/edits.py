"""What a person may change between two builds of a site, as strategies for hypothesis."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from tests.support.edits_incidents import INCIDENTS
from tests.support.edits_releases import OPENED, RELEASES
from tests.support.site_edited import Edit

__all__ = ["EDITS"]

SURROUNDINGS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(
        lambda name: (
            lambda site: site.with_organisation(name={"fr": name, "en": f"{name} Inc."})
        ),
        st.sampled_from(["Un", "« Deux »", "Q & R <br>"]),
    ),
    st.builds(
        lambda zone: lambda site: site.with_organisation(time_zone=zone),
        st.sampled_from(["America/Toronto", "America/St_Johns", "Europe/Paris"]),
    ),
    st.builds(
        lambda url: (
            lambda site: site.given(
                routes=replace(site.source.routes, base_url=f"https://{url}")
            )
        ),
        st.sampled_from(["info.boreal.example", "crise.boreal.example/sous"]),
    ),
    st.builds(
        lambda days: lambda site: site.given(news_until=OPENED + timedelta(days=days)),
        st.integers(0, 40),
    ),
    st.just(lambda site: site.given(brand=replace(site.source.brand, logo=None))),
    st.builds(
        lambda colour: lambda site: site.with_colour(colour),
        st.sampled_from(["#0b3d66", "#7a1f1f"]),
    ),
    st.builds(
        lambda file, line: lambda site: site.with_theme(file, lambda text: text + line),
        st.sampled_from(["templates/_footer.html", "templates/release.html", "style.css"]),
        st.sampled_from(["\n", "\n\n"]),
    ),
    st.builds(
        lambda old, new: (
            lambda site: site.with_theme(
                "words/fr.toml", lambda text: text.replace(f'"{old}"', f'"{new}"')
            )
        ),
        st.sampled_from(["Accueil", "Communiqués"]),
        st.sampled_from(["Entrée", "Nouvelles"]),
    ),
    st.builds(lambda version: lambda site: site.with_library(version), st.integers(0, 3)),
)
EDITS: st.SearchStrategy[Edit] = st.one_of(INCIDENTS, RELEASES, SURROUNDINGS)
