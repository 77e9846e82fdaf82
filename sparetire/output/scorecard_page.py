"""The scorecard as one page: charts without a script, to print or to send on."""

from html import escape

from sparetire.model.scorecard import Score, Scorecard, Task
from sparetire.output.drill import actions
from sparetire.output.drill_words import INJECTS, PAGE, TASKS, duration

__all__ = ["scorecard_page"]

_STYLE = """
:root{--ink:#1c1b1f;--paper:#fff;--soft:#5b5963;--line:#d9d6de;--people:#8a0f6b;
--machine:#0b6e8f;--goal:#1c1b1f;--good:#176b3a;--bad:#a3271b;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{--ink:#f2f0f5;--paper:#17161a;
--soft:#b5b2bd;--line:#3a3840;--people:#f08fd4;--machine:#6fc7e4;--goal:#f2f0f5;--good:#7fd49f;--bad:#ff9d91}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.mark{margin:0;padding:.5rem 1rem;background:var(--ink);color:var(--paper);text-align:center;
font-weight:700}h1{font-size:1.75rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.15rem;
margin:2rem 0 .5rem}dl{display:grid;grid-template-columns:max-content 1fr;
gap:.15rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}.good{color:var(--good);font-weight:700}
.bad{color:var(--bad);font-weight:700}table{width:100%;border-collapse:collapse}
th,td{padding:.4rem .5rem;border-bottom:1px solid var(--line);text-align:start;
vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:.9rem}
td:nth-child(n+2),th:nth-child(n+2){text-align:end;white-space:nowrap}
td:first-child{width:60%}td b{font-size:.9rem}
svg{display:block;width:100%;height:auto}td svg{margin:.25rem 0}
.note{color:var(--soft);margin:.25rem 0}
.key i{display:inline-block;width:.8em;height:.8em;margin:0 .35em 0 .9em}
.p{background:var(--people)}.m{background:var(--machine)}.scroll{overflow-x:auto}
@media print{main{max-width:none;padding:0}}
"""
_WIDTH, _BAR = 240, 10
_COLUMNS = 6  # of the trend: more would be too small to read on a phone


def scorecard_page(card: Scorecard, before: tuple[Scorecard, ...], code: str) -> str:
    """Return the page in a language; a language that it does not speak gets English."""
    code = code if code in PAGE else "en"
    words = PAGE[code]
    verdict = ("good", words["met"]) if card.reached else ("bad", words["missed"])
    injects = ", ".join(INJECTS[code][one] for one in card.injects) or words["nothing"]
    rows = "".join(_row(score, code) for score in card.scores)
    met = "".join(
        f"<li>{escape(TASKS[code][one.task])} : {escape(one.failed or one.met)}</li>"
        for one in card.scores
        if one.failed or one.met
    )
    todo = "".join(f"<li>{escape(one)}</li>" for one in actions(card, before, code))
    return f"""<!DOCTYPE html>
<html lang="{code}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>{words["title"]} · {escape(card.scenario)}</title>
<style>{_STYLE}</style></head><body><p class="mark">{words["exercise"]}</p><main>
<h1>{words["title"]}</h1>
<dl><dt>{words["scenario"]}</dt><dd>{escape(card.scenario)}</dd>
<dt>{words["target"]}</dt><dd>{escape(card.target)}</dd>
<dt>{words["when"]}</dt><dd>{escape(card.at[:16].replace("T", " "))} UTC</dd>
<dt>{words["in_the_way"]}</dt><dd>{escape(injects)}</dd>
<dt>{words["result"]}</dt><dd class="{verdict[0]}">{verdict[1]}</dd></dl>
<h2>{words["steps"]}</h2><p class="note key"><i class="p"></i>{words["people"]}
<i class="m"></i>{words["machine"]}</p><div class="scroll"><table><thead><tr><th></th>
<th>{words["people"]}</th><th>{words["machine"]}</th><th>{words["goal"]}</th></tr></thead>
<tbody>{rows}</tbody></table></div>
{f"<h2>{words['encountered']}</h2><ul>{met}</ul>" if met else ""}
<h2>{words["trend"]}</h2>{_trend((*before, card), code)}
<h2>{words["actions"]}</h2>{f"<ul>{todo}</ul>" if todo else f"<p>{words['none']}</p>"}
<p class="note">{words["told"].format(card.heard, card.receivers)}</p>
</main></body></html>
"""


def _row(score: Score, code: str) -> str:
    words = PAGE[code]
    if score.failed:
        end = ("bad", words["failed"])
    else:
        end = ("good", words["on_time"]) if score.reached else ("bad", words["late"])
    return (
        f"<tr><td>{escape(TASKS[code][score.task])}{_bar(score, code)}"
        f'<b class="{end[0]}">{end[1]}</b></td>'
        f"<td>{_said(score.human, code)}</td><td>{_said(score.machine, code)}</td>"
        f"<td>{_said(score.goal, code)}</td></tr>"
    )


def _bar(score: Score, code: str) -> str:
    """Draw the seconds of people and machine as parts of the goal, or of what was more."""
    scale = _WIDTH / max(score.goal, score.total, 1)
    people, machine = score.human * scale, max(score.machine * scale, 1)
    label = f"{_said(score.total, code)} / {_said(score.goal, code)}"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_BAR}" role="img" aria-label="{escape(label)}">'
        f'<rect width="{_WIDTH}" height="{_BAR}" fill="var(--line)"/>'
        f'<rect width="{people:.1f}" height="{_BAR}" fill="var(--people)"/>'
        f'<rect x="{people:.1f}" width="{machine:.1f}" height="{_BAR}" fill="var(--machine)"/>'
        f'<rect x="{score.goal * scale - 2:.1f}" width="2" height="{_BAR}" fill="var(--goal)"/>'
        "</svg>"
    )


def _trend(cards: tuple[Scorecard, ...], code: str) -> str:
    """Draw the first message of each drill as a column; the newest stands last."""
    words = PAGE[code]
    alike = [card for card in cards if card.staffed == cards[-1].staffed]
    told = [(card, card.seconds(Task.LAUNCH)) for card in alike[-_COLUMNS:]]
    known = [(card, seconds) for card, seconds in told if seconds is not None]
    if len(known) < 2:  # noqa: PLR2004  one drill is no trend
        return f"<p>{words['first_drill']}</p>"
    most = max(seconds for _, seconds in known)
    columns = "".join(
        f'<rect x="{place * 88 + 14}" y="{106 - 80 * seconds / most:.1f}" width="60" '
        f'height="{80 * seconds / most:.1f}" fill="var(--machine)"/>'
        f'<text x="{place * 88 + 44}" y="{101 - 80 * seconds / most:.1f}" text-anchor="middle" '
        f'font-size="13" fill="var(--ink)">{escape(_said(seconds, code))}</text>'
        f'<text x="{place * 88 + 44}" y="122" text-anchor="middle" font-size="12" '
        f'fill="var(--soft)">{escape(card.at[5:10])}</text>'
        for place, (card, seconds) in enumerate(known)
    )
    return (
        f'<p class="note">{words["trend_note"]}</p><svg viewBox="0 0 528 126" role="img" '
        f'aria-label="{escape(words["trend_note"])}">{columns}</svg>'
    )


def _said(seconds: float, code: str) -> str:
    text = duration(seconds)
    return text.replace(".", ",") if code == "fr" else text
