"""The words of a report, in French as Quebec writes it and in English."""

from datetime import timedelta

from sparetire.model.report import Happened

__all__ = ["HAPPENED", "KINDS", "WORDS", "span"]

WORDS = {
    "fr": {
        "report": "Rapport",
        "state": "État",
        "open": "en cours",
        "closed": "terminé",
        "withdrawn": "retiré",
        "live_on": "En ligne sur",
        "nowhere": "aucune cible",
        "made": "Rapport produit le",
        "measures": "En chiffres",
        "first": "De la commande de lancement à la lecture vérifiée",
        "count": "Déclarations publiées",
        "silence": "Plus long silence entre deux déclarations",
        "waits": "Attentes d’une signature",
        "late": "Mises à jour en retard",
        "late_by": "promise à %s, en retard de %s",
        "never": "promise à %s, attendue depuis %s",
        "none": "aucune",
        "corrections": "Corrections",
        "corrects": "corrige la déclaration %s",
        "takes_back": "retire la déclaration %s",
        "glass": "Publié sans signature",
        "taken_back": "retirée par un retour en arrière",
        "statements": "Ce qui a été dit",
        "live_in": "en ligne et vérifiée après %s",
        "chart": "Chaque point est une déclaration; un trait rouge, une promesse non tenue.",
        "timeline": "Chronologie",
        "at": "Heure",
        "what": "Fait",
        "rewritten": "Ajouté ou réécrit par rapport au scénario %s",
        "left_out": "Prévu par le scénario et laissé de côté",
        "unfilled": "Questions du scénario restées sans réponse",
        "duties": "Délais légaux à vérifier avec vos juristes",
        "nothing": "rien",
        "questions": "À revoir en équipe",
        "ask": "Qu’avons-nous dû réécrire? Qu’est-ce qui a pris le plus de temps? "
        "Trois améliorations, une personne et une date pour chacune.",
    },
    "en": {
        "report": "Report",
        "state": "State",
        "open": "ongoing",
        "closed": "closed",
        "withdrawn": "withdrawn",
        "live_on": "Live on",
        "nowhere": "no target",
        "made": "Report made on",
        "measures": "In figures",
        "first": "From the launch command to a verified reading",
        "count": "Statements published",
        "silence": "Longest silence between two statements",
        "waits": "Waits for a signature",
        "late": "Overdue updates",
        "late_by": "promised at %s, late by %s",
        "never": "promised at %s, awaited for %s",
        "none": "none",
        "corrections": "Corrections",
        "corrects": "corrects statement %s",
        "takes_back": "withdraws statement %s",
        "glass": "Published unsigned",
        "taken_back": "taken back by a rollback",
        "statements": "What was said",
        "live_in": "live and verified after %s",
        "chart": "Each dot is a statement; a red line, a promise that was not kept.",
        "timeline": "Timeline",
        "at": "Time",
        "what": "Event",
        "rewritten": "Added to the scenario %s, or rewritten",
        "left_out": "Ready in the scenario, and left out",
        "unfilled": "Questions of the scenario that nobody answered",
        "duties": "Legal delays, to be checked with your lawyers",
        "nothing": "nothing",
        "questions": "To look at together",
        "ask": "What did we have to rewrite? What took longest? "
        "Three improvements, each with a person and a date.",
    },
}
KINDS = {
    "fr": {
        "statement": "déclaration",
        "update": "mise à jour",
        "correction": "correction",
        "closing": "dernière déclaration",
        "withdrawal": "avis de retrait",
    },
    "en": {
        "statement": "statement",
        "update": "update",
        "correction": "correction",
        "closing": "last statement",
        "withdrawal": "notice of withdrawal",
    },
}
HAPPENED = {
    "fr": {
        Happened.SAID: "Dit",
        Happened.SENDING: "Envoi commencé",
        Happened.LIVE: "En ligne",
        Happened.VERIFIED: "Vérifié de l’extérieur",
        Happened.ASKED: "Signature demandée",
        Happened.SIGNED: "Signé",
        Happened.GLASS: "PUBLIÉ SANS SIGNATURE",
        Happened.OTHER: "Autre",
    },
    "en": {
        Happened.SAID: "Said",
        Happened.SENDING: "Push started",
        Happened.LIVE: "Live",
        Happened.VERIFIED: "Verified from outside",
        Happened.ASKED: "Signature asked for",
        Happened.SIGNED: "Signed",
        Happened.GLASS: "PUBLISHED UNSIGNED",
        Happened.OTHER: "Other",
    },
}


def span(time: timedelta) -> str:
    """Return a length of time as both languages write it: ``2 h 05 min``, ``45 s``."""
    seconds = round(time.total_seconds())
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min {seconds % 60:02d} s" if minutes else f"{seconds} s"
