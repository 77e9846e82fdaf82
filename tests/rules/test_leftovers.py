"""Secrets stop a text; prompts, heads, e-mail and links of one's own are warned of by line."""

import pytest

from sparetire.model.finding import Severity
from tests.support.draft import draft, draft_findings, spoilt

AWS = "AKIA" + "QYLPMN5HNM7XW2OZ"
SECRETS = [
    AWS,
    "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzExampleKe",
    "aws\\_secret\\_access\\_key: " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzExampleKe",
    "-----BEGIN " + "RSA PRIVATE KEY-----",
    "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
    "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----",
    "\\-----BEGIN " + "PRIVATE KEY-----",
    "ghp_" + "a1B2" * 9,
    "glpat-" + "a1B2c3" * 4,
    "xoxb-" + "123456789012-abcdefghij",
    "AIza" + "a1B2c" * 7,
    "sk_live_" + "a1B2c3D4" * 3,
    "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.abc123",
    "postgres://admin:" + "hunter2@db.example/boreal",
    "https://store.example/x?X-Amz-Signature=" + "0a1b2c3d" * 8,
    "Mot de passe : " + "Boreal2026!",
    "password: " + "Boreal2026!",
    "Clé d’API : " + "a1b2c3d4e5f6",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_secret_stops_and_is_not_repeated(code: str, secret: str) -> None:
    (found,) = draft_findings("secret-shown", spoilt(code, body=f"Un.\n\nVoici {secret}\n"))
    assert found.severity is Severity.ERROR
    assert found.place.endswith("line 3")
    assert secret[8:] not in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Changez votre mot de passe dès aujourd’hui.",
        "Mot de passe : changez le vôtre.",
        "Change your password now: attackers may know it.",
        "The password is not known to anybody.",
        "Le numéro de dossier est AKIA-2026.",
        "https://boreal.example/a:b@c",
        "Your key is at https://boreal.example/verify/",
        "-----",
    ],
)
def test_talk_of_passwords_is_no_secret(text: str) -> None:
    assert not draft_findings("secret-shown", spoilt("fr", body=text))


WARNED = {
    "prompt-shown": [
        "Lieu : Cliquez ici pour entrer du texte.",
        "Cliquez ou appuyez ici pour entrer une date.",
        "Choisissez un élément.",
        "Place: Click or tap here to enter text.",
        "Choose an item.",
    ],
    "head-shown": [
        "Title: Panne\nDate: 2099-12-01\nStatus: draft\n\nTexte.",
        "Slug: panne-majeure",
        "Status: draft",
        "Titre : Panne\nCatégorie : x\nTags: a, b",
        "title = panne\ndate = 2099-12-01",
    ],
    "mail-shown": [
        "From: Ana Roy <ana@boreal.example>\nTo: Luc <luc@boreal.example>\nSubject: Panne",
        "De : Ana Roy\nEnvoyé : 3 mars 2026\nÀ : Luc\nObjet : Panne",
        "**De :** Ana Roy\n\n**À :** Luc",
        "-----Original Message-----",
        "-----Message d’origine-----",
        "Le mar. 3 mars 2026 à 10:02, Ana Roy a écrit :",
        "On Tue, Mar 3, 2026 at 10:02 AM Ana Roy wrote:",
        "Sent from my iPhone",
        "Envoyé de mon iPhone",
        "Écrivez à marie.t@gmail.com ou à luc@videotron.ca.",
    ],
    "link-tracked": [
        "[Plan](https://can01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example)",
        "https://boreal.example/plan?utm\\_source=newsletter",
        "[Plan](<https://boreal.example/plan?a=1&utm_medium=email>)",
        "[Plan](https://boreal.example/plan?fbclid=IwAR0)",
        "[Plan](https://www.google.com/url?q=https://x.example&sa=D)",
        "[Plan](https://urldefense.com/v3/__https://x.example__;!!)",
    ],
    "link-private": [
        "[Plan](file:///C:/Users/marie/plan.pdf)",
        "Voir \\\\serveur\\partage\\plan.pdf",
        "[Plan](http://localhost:8000/plan)",
        "[Plan](https://192.168.1.4/plan)",
        "[Plan](https://intranet/plan)",
        "[Plan](https://wiki.boreal.local/plan)",
    ],
}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in WARNED.items() for text in texts]
)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_what_came_along_is_warned_of_with_its_line(code: str, rule: str, text: str) -> None:
    found = draft_findings(rule, spoilt(code, body=f"Un fait.\n\n{text}\n\nFin."))
    assert found
    assert {one.severity for one in found} == {Severity.WARNING}
    assert all(int(one.place.rpartition(" ")[2]) >= 3 for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Date : le 3 mars 2026\n\nNous fermons le quai.",
        "À : 11 h, nous reparlerons.",
        "Status : la route est fermée.".replace("Status", "État"),
        "Cliquez sur le plan.",
        "Écrivez à medias@boreal.example.",
        "[Plan](https://boreal.example/plan?page=2)",
        "https://www.google.com/maps/place/Sept-Îles",
        "Le fichier est en ligne. / The file is online.",
        "A \\_souligné\\_ mot",
        "On the other hand, he wrote a report.",
    ],
)
def test_plain_sentences_are_not_warned_of(text: str) -> None:
    words = spoilt("fr", body=text)
    assert not [one for rule in WARNED for one in draft_findings(rule, words)]


def test_no_text_holds_these_rules_up() -> None:
    for odd in (
        "https://",
        "eyJ-",
        "[",
        "(",
        "-",
        "a:",
        "://a:",
        "password:",
        "\\\\",
        "ne pas ",
    ):
        words = spoilt("fr", body=odd * (60_000 // len(odd)))
        for rule in (*WARNED, "secret-shown", "hold-mark"):
            list(draft_findings(rule, words))


def test_clean_words_are_not_warned_of() -> None:
    assert not [one for rule in WARNED for one in draft_findings(rule, draft())]
