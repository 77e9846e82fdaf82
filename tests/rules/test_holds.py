"""Marks of what must not go public, by language; and 40 sentences a language that are none."""

import pytest

from sparetire.rules.holds import mark_in
from tests.support.draft import draft_findings, spoilt

FRENCH = [
    "CONFIDENTIEL",
    "Confidentiel",
    "STRICTEMENT CONFIDENTIEL",
    "Privilégié et confidentiel",
    "CONFIDENTIEL – ÉBAUCHE v3",
    "ÉBAUCHE – NE PAS DIFFUSER",
    "Ébauche — ne pas diffuser",
    "EBAUCHE 2",
    "Ébauche no 4",
    "BROUILLON",
    "Brouillon du 3 mars 2026",
    "[BROUILLON]",
    "Ne pas diffuser avant 14 h",
    "NE PAS PUBLIER AVANT LE 3 MARS",
    "NE PAS DIFFUSER SANS L’ACCORD DE LA DIRECTION",
    "À usage interne seulement",
    "Réservé à l’usage interne",
    "Usage interne",
    "DIFFUSION RESTREINTE",
    "Sous embargo jusqu’au 3 mars à 9 h",
    "DOCUMENT DE TRAVAIL",
    "Version préliminaire",
    "Projet de communiqué",
    "En attente d’approbation",
    "POUR APPROBATION",
    "PROTÉGÉ B",
    "Ce document est confidentiel.",
    "CONFIDENTIEL : fuite au quai",
    "Fuite au quai – ÉBAUCHE",
    "Notre déclaration suit. NE PAS DIFFUSER",
]
ENGLISH = [
    "CONFIDENTIAL",
    "Confidential",
    "STRICTLY CONFIDENTIAL",
    "Privileged and confidential",
    "CONFIDENTIAL: for internal use only",
    "DRAFT – NOT FOR RELEASE",
    "Draft 3",
    "DRAFT v2.1",
    "Draft of March 3",
    "[DRAFT]",
    "(draft) Spill at the quay",
    "DRAFT: Spill at the quay",
    "Spill at the quay - DRAFT",
    "WORKING DRAFT",
    "HOLD FOR RELEASE",
    "Hold for release until Monday",
    "HOLD UNTIL 9 A.M.",
    "For internal use only",
    "for internal use only.",
    "This document is for internal use only.",
    "INTERNAL ONLY",
    "Do not publish",
    "DO NOT RELEASE BEFORE NOON",
    "NOT FOR PUBLICATION",
    "DO NOT DISTRIBUTE",
    "EMBARGOED UNTIL MARCH 3",
    "Pending legal review",
    "SUBJECT TO APPROVAL: spill at the quay",
    "PROTECTED B",
    "This message and any attachments are confidential",
]
DRESSES = ["{}", "**{}**", "# {}", "> {}", "- {}", "| {} |", "*{}*", "1. {}", "  {}  "]


@pytest.mark.parametrize("mark", FRENCH)
def test_a_french_mark_stops_wherever_it_stands(mark: str) -> None:
    for dress in DRESSES:
        assert mark_in(dress.format(mark)), dress
    assert draft_findings("hold-mark", spoilt("fr", title=mark))
    assert draft_findings("hold-mark", spoilt("fr", summary=mark))
    (found,) = draft_findings("hold-mark", spoilt("fr", body=f"Un fait.\n\n{mark}\n\nDeux."))
    assert found.place == "enonce.md, line 3"


@pytest.mark.parametrize("mark", ENGLISH)
def test_an_english_mark_stops_wherever_it_stands(mark: str) -> None:
    for dress in DRESSES:
        assert mark_in(dress.format(mark)), dress
    assert draft_findings("hold-mark", spoilt("en", title=mark))
    assert draft_findings("hold-mark", spoilt("en", summary=mark))
    (found,) = draft_findings("hold-mark", spoilt("en", body=f"One fact.\n\n{mark}\n\nTwo."))
    assert found.place == "statement.md, line 3"


HARMLESS_FRENCH = """\
L’information confidentielle des clients n’a pas été touchée.
Aucune information confidentielle n’a été divulguée.
Le service d’écoute est gratuit et confidentiel.
Confidentiel : composez le 1 800 555-0199, jour et nuit.
Ligne d’aide : 1 800 555-0199 (confidentiel).
La ligne d’aide est confidentielle – 1 800 555-0199.
INFORMATION CONFIDENTIELLE : CE QUE NOUS FAISONS POUR LA PROTÉGER
Politique de confidentialité
L’entente de confidentialité a été signée en mai.
Les documents confidentiels ont été mis en lieu sûr.
Nous demandons de ne pas diffuser de photos des victimes.
Merci de ne pas publier les noms avant que les familles soient prévenues.
Ne pas diffuser ces images, demande la famille.
Ne pas consommer l’eau du robinet.
Ne pas distribuer ni vendre le produit rappelé.
Ne pas approcher des berges.
Pour diffusion immédiate
POUR DIFFUSION IMMÉDIATE
NE PAS DISTRIBUER AUX AGENCES DE PRESSE AMÉRICAINES NI DIFFUSER AUX ÉTATS-UNIS
Le projet de loi 12 a été adopté hier.
Le projet d’agrandissement du quai est en avance.
L’ébauche du plan d’urgence a été présentée aux citoyens en mai.
Ébauche d’un plan de relance
Le brouillon de l’entente avec le syndicat circule depuis mardi.
L’embargo sur le bois d’œuvre est levé.
L’embargo américain touche 12 usines.
Le rapport préliminaire paraîtra lundi.
Les résultats préliminaires montrent une baisse de 4 %.
L’enquête interne a commencé ce matin.
Le réseau interne de l’usine n’est pas touché.
La route de halage est réservée à l’usage interne et fermée au public.
La reprise est sujette à l’approbation du ministère.
En attente de l’approbation du ministère, le pont reste fermé.
La zone restreinte compte 3 rues.
Le secret professionnel lie l’avocat.
Un registre public sera tenu.
La diffusion de l’avis a commencé à 9 h.
La version finale du rapport sera publiée en juin.
Publication : le rapport annuel est en ligne.
Document de travail : la Ville consulte les citoyens.
""".splitlines()
HARMLESS_ENGLISH = """\
Customers’ confidential information was not affected.
No confidential information was disclosed.
Calls are confidential and free.
Confidential: call 1 800 555-0199, day and night.
Help line: 1 800 555-0199 (confidential).
The help line is confidential – 1 800 555-0199.
CONFIDENTIAL INFORMATION: WHAT WE DO TO PROTECT IT
Our confidentiality agreement was signed in May.
Confidential documents have been moved to a safe place.
Privacy and confidentiality
Please do not share photos of the victims.
Please do not publish names before the families are told.
Do not drink the water.
Do not distribute or sell the recalled product.
Do not release the brake.
Do not approach the banks.
FOR IMMEDIATE RELEASE
For immediate release
NOT FOR DISTRIBUTION TO UNITED STATES NEWS WIRE SERVICES OR FOR DISSEMINATION IN THE U.S.
The draft report will be published on Monday.
Draft of the emergency plan released
He drafted the plan in May.
The NHL draft takes place in Montréal.
A cold draft came through the door.
The embargo on softwood was lifted.
The embargo affects 12 mills.
Preliminary results show a drop of 4%.
The internal review began this morning.
The haul road is for internal use only and is closed to the public.
The plant’s internal network is not affected.
The restart is subject to approval by the ministry.
Pending approval from the ministry, the bridge stays closed.
Restricted area: keep out.
Hold the railing.
Hold for the operator, then give your name.
The company holds the permit until 2030.
The Secret Service was informed.
Release of water began at noon.
The final statement will be published in June.
The protected area covers 12 hectares.
""".splitlines()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_forty_harmless_sentences_of_the_press_stop_nothing(code: str) -> None:
    sentences = {"fr": HARMLESS_FRENCH, "en": HARMLESS_ENGLISH}[code]
    assert len(sentences) == 40
    stopped = [
        sentence
        for sentence in sentences
        for text in (sentence, f"- {sentence}", f"Le 3 mars. {sentence} Nous revenons à 11 h.")
        for rule in ("hold-mark", "secret-shown")
        if draft_findings(rule, spoilt(code, title=text.rstrip("."), body=text))
    ]
    assert stopped == []


def test_a_mark_in_the_summary_is_told_once_for_the_body_that_it_was_taken_from() -> None:
    words = spoilt("en", summary="DRAFT 3", body="DRAFT 3\n\nThe quay is closed.")
    assert [one.place for one in draft_findings("hold-mark", words)] == ["statement.md, line 1"]
