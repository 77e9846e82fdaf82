"""How a drill is told in each language: its steps, its difficulties, and its page."""

from sparetire.model.scorecard import GOALS, Inject, Task

__all__ = ["ACTIONS", "INJECTS", "PAGE", "SITUATIONS", "TASKS", "duration", "situation"]

TASKS = {
    "en": {
        Task.LAUNCH: "first message",
        Task.LANGUAGE: "second language",
        Task.UPDATE: "update",
        Task.FIGURE: "update with a wrong figure",
        Task.CORRECT: "correction",
        Task.WITHDRAW: "withdrawal",
        Task.CLEAR: "end of the exercise",
    },
    "fr": {
        Task.LAUNCH: "premier message",
        Task.LANGUAGE: "deuxième langue",
        Task.UPDATE: "mise à jour",
        Task.FIGURE: "mise à jour avec un chiffre erroné",
        Task.CORRECT: "correction",
        Task.WITHDRAW: "retrait",
        Task.CLEAR: "fin de l’exercice",
    },
}
INJECTS = {
    "en": {
        Inject.PRIMARY_DOWN: "the primary host is down",
        Inject.APPROVER_ABSENT: "the approver cannot be reached",
        Inject.WRONG_FIGURE: "a wrong figure goes out and must be corrected",
        Inject.PAGE_TO_WITHDRAW: "the page must be taken back",
        Inject.LANGUAGE_LATE: "the second language comes later",
        Inject.SLOW_NETWORK: "the network is slow",
    },
    "fr": {
        Inject.PRIMARY_DOWN: "l’hébergeur principal est en panne",
        Inject.APPROVER_ABSENT: "la personne qui approuve est injoignable",
        Inject.WRONG_FIGURE: "un chiffre erroné est publié et doit être corrigé",
        Inject.PAGE_TO_WITHDRAW: "la page doit être retirée",
        Inject.LANGUAGE_LATE: "la deuxième langue vient plus tard",
        Inject.SLOW_NETWORK: "le réseau est lent",
    },
}
PAGE = {
    "en": {
        "title": "Drill scorecard",
        "exercise": "EXERCISE: nothing in it was real.",
        "scenario": "Scenario",
        "target": "Staging target",
        "when": "When",
        "result": "Result",
        "met": "Every goal was met.",
        "missed": "Not every goal was met.",
        "in_the_way": "In the team’s way",
        "nothing": "nothing",
        "steps": "Steps",
        "people": "people",
        "machine": "machine",
        "total": "total",
        "goal": "goal",
        "failed": "failed",
        "late": "late",
        "on_time": "met",
        "encountered": "Encountered",
        "trend": "Trend",
        "trend_note": "From the first word to verified live, drill after drill.",
        "first_drill": "This is the first drill: the next one can be compared with it.",
        "actions": "To do before the next drill",
        "none": "Nothing: do it again in three months, at night.",
        "told": "Announcements heard by stand-ins on this machine: {0}. To real receivers: 0. "
        "A real launch would tell: {1}.",
    },
    "fr": {
        "title": "Bilan d’exercice",
        "exercise": "EXERCICE\u00a0: rien n’y était réel.",
        "scenario": "Scénario",
        "target": "Cible d’essai",
        "when": "Date",
        "result": "Résultat",
        "met": "Tous les objectifs sont atteints.",
        "missed": "Certains objectifs ne sont pas atteints.",
        "in_the_way": "Difficultés imposées",
        "nothing": "aucune",
        "steps": "Étapes",
        "people": "équipe",
        "machine": "machine",
        "total": "total",
        "goal": "objectif",
        "failed": "échec",
        "late": "en retard",
        "on_time": "atteint",
        "encountered": "Rencontré",
        "trend": "Tendance",
        "trend_note": "Du premier mot à la mise en ligne vérifiée, d’un exercice à l’autre.",
        "first_drill": "C’est le premier exercice\u00a0: le prochain pourra s’y comparer.",
        "actions": "À faire avant le prochain exercice",
        "none": "Rien\u00a0: recommencez dans trois mois, de nuit.",
        "told": "Annonces entendues par des doublures sur cet ordinateur\u00a0: {0}. "
        "À de vrais destinataires\u00a0: 0. Un vrai lancement en préviendrait\u00a0: {1}.",
    },
}
ACTIONS = {
    "en": {
        "failed": "The step “{0}” failed: {1}",
        "slow": "The step “{0}” took {1}, most of it {2}.",
        "people": "for people to decide and to type",
        "machine": "for the machine",
        "never": "Rehearse what was never rehearsed, {0}: --inject {1}",
    },
    "fr": {
        "failed": "L’étape «\u00a0{0}\u00a0» a échoué\u00a0: {1}",
        "slow": "L’étape «\u00a0{0}\u00a0» a pris {1}, surtout {2}.",
        "people": "pour décider et écrire",
        "machine": "à cause de la machine",
        "never": "Répétez ce qui ne l’a jamais été, {0}\u00a0: --inject {1}",
    },
}
SITUATIONS = {
    "en": {
        Task.LAUNCH: "It has just happened. Publish a first message.",
        Task.LANGUAGE: "The translation is there at last. Publish the other language.",
        Task.UPDATE: "Half an hour has passed. Say how things stand.",
        Task.FIGURE: "A manager calls with a figure. Publish it.",
        Task.CORRECT: "The figure was wrong: it is 2, not 12. Correct it in the open.",
        Task.WITHDRAW: "This page should never have been published. Take it back.",
        Task.CLEAR: "That was all. The page of the exercise is taken back.",
    },
    "fr": {
        Task.LAUNCH: "C’est arrivé. Publiez un premier message.",
        Task.LANGUAGE: "La traduction est enfin là. Publiez l’autre langue.",
        Task.UPDATE: "Une demi-heure a passé. Dites où en est la situation.",
        Task.FIGURE: "Un gestionnaire vous donne un chiffre au téléphone. Publiez-le.",
        Task.CORRECT: "Le chiffre était faux\u00a0: c’est 2, et non 12. Corrigez-le.",
        Task.WITHDRAW: "Cette page n’aurait jamais dû être publiée. Retirez-la.",
        Task.CLEAR: "C’est terminé. La page de l’exercice est retirée.",
    },
}
_MINUTE = 60


def situation(task: Task, code: str) -> str:
    """Return what has happened, and how long the team has."""
    mark = {"fr": "EXERCICE", "en": "EXERCISE"}.get(code, "EXERCISE")
    return f"{mark} · {SITUATIONS.get(code, SITUATIONS['en'])[task]} ({duration(GOALS[task])})"


def duration(seconds: float) -> str:
    """Return a duration as people read it: 0.6 s, 42 s, 2 min, 14 min 30 s."""
    if seconds < _MINUTE:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
