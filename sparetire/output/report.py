"""A report for people, as Markdown and as one page of HTML, and for programs as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from sparetire.model.incident import Statement
from sparetire.model.report import Happened, Happening, IncidentReport
from sparetire.output.report_scenario import rehearsed_sections
from sparetire.output.report_words import HAPPENED, KINDS, WORDS, span

__all__ = ["Telling", "report_json"]

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})
_STYLE = """body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h1{line-height:1.2}table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #d0d4d8}
td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
.glass{background:#b3261e;color:#fff}.said{font-weight:600}li{margin:.2rem 0}
figure{margin:1.5rem 0}
figcaption{color:#59616a;font-size:.9rem}svg{width:100%;height:auto}
@media print{body{margin:0}tr{break-inside:avoid}}"""


class Telling:
    """Tells one report in one language, on the organisation's clock."""

    def __init__(self, report: IncidentReport, code: str, zone: ZoneInfo) -> None:
        self._report = report
        self._code = code
        self._zone = zone
        self._words = WORDS[code]

    def markdown(self) -> str:
        """Return the report as Markdown."""
        lines = [f"# {self._title.translate(_MARKDOWN)}", "", self._where, ""]
        for heading, rows in self._sections():
            lines += [f"## {heading}", ""]
            lines += [f"- {row.translate(_MARKDOWN)}" for row in rows]
            lines.append("")
        lines += [f"## {self._words['timeline']}", ""]
        lines += [
            f"- {self._time(one.at)} {self._event(one).translate(_MARKDOWN)}"
            for one in self._report.happenings
        ]
        lines += ["", f"## {self._words['questions']}", "", self._words["ask"], ""]
        return "\n".join(lines)

    def html(self) -> str:
        """Return the report as one page, without scripts or anything from elsewhere."""
        sections = "".join(
            f"<h2>{escape(heading)}</h2><ul>"
            + "".join(f"<li>{escape(row)}</li>" for row in rows)
            + "</ul>"
            for heading, rows in self._sections()
        )
        rows = "".join(
            f'<tr class="{one.what}"><td>{self._time(one.at)}</td>'
            f"<td>{escape(self._event(one))}</td></tr>"
            for one in self._report.happenings
        )
        words, title = self._words, escape(self._title)
        return (
            f'<!DOCTYPE html><html lang="{self._code}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="robots" content="noindex">'
            f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
            f"<h1>{title}</h1><p>{escape(self._where)}</p>{sections}{self._chart()}"
            f"<h2>{words['timeline']}</h2><table><thead><tr><th>{words['at']}</th>"
            f"<th>{words['what']}</th></tr></thead><tbody>{rows}</tbody></table>"
            f"<h2>{words['questions']}</h2><p>{escape(words['ask'])}</p>"
            "</main></body></html>\n"
        )

    @property
    def _title(self) -> str:
        incident = self._report.incident
        title = incident.title(self._code) or incident.name
        separator = "\u00a0: " if self._code == "fr" else ": "
        return f"{self._words['report']}{separator}{title}"

    @property
    def _where(self) -> str:
        incident, words = self._report.incident, self._words
        where = ", ".join(incident.live_on) or words["nowhere"]
        colon = "\u00a0:" if self._code == "fr" else ":"
        return (
            f"{words['state']}{colon} {words[incident.state]}. "
            f"{words['live_on']}{colon} {where}. "
            f"{words['made']} {self._report.made.astimezone(self._zone):%Y-%m-%d %H:%M}."
        )

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        report, words = self._report, self._words
        yield words["measures"], list(self._measures())
        yield words["statements"], [self._statement(one) for one in report.spoken]
        glass = [one.detail for one in report.happenings if one.what is Happened.GLASS]
        if glass:
            yield words["glass"], glass
        yield (
            words["late"],
            [self._lateness(one.promised, one.came, one.by) for one in report.late]
            or [words["none"]],
        )
        if report.rehearsed:
            yield from rehearsed_sections(report.rehearsed, self._code)

    def _measures(self) -> Iterator[str]:
        report, words = self._report, self._words
        colon = "\u00a0:" if self._code == "fr" else ":"
        first = report.seconds_to_live(report.spoken[0])
        if first is not None:
            yield f"{words['first']}{colon} {span(timedelta(seconds=first))}"
        yield f"{words['count']}{colon} {len(report.spoken)}"
        if len(report.spoken) > 1:
            yield f"{words['silence']}{colon} {span(report.silence)}"
        waits = ", ".join(span(wait) for wait in report.waits) or words["none"]
        yield f"{words['waits']}{colon} {waits}"

    def _statement(self, one: Statement) -> str:
        words = self._words
        code = self._code if self._code in one.words else next(iter(one.words))
        said = one.named(self._report.incident, code)
        kind = KINDS[self._code][one.kind]
        parts = [f"{self._time(one.published)} · {kind} {one.number}"]
        parts.append(f"«\u00a0{said}\u00a0»" if self._code == "fr" else f"“{said}”")
        if one.corrects is not None:
            about = "takes_back" if one.takes_back_one else "corrects"
            parts.append(words[about] % one.corrects)
        if one.taken_back:
            parts.append(words["taken_back"])
        taken = self._report.seconds_to_live(one)
        if taken is not None:
            parts.append(words["live_in"] % span(timedelta(seconds=taken)))
        return ", ".join(parts)

    def _lateness(self, promised: datetime, came: datetime | None, by: timedelta) -> str:
        words = self._words["late_by"] if came else self._words["never"]
        return words % (self._time(promised), span(by))

    def _event(self, one: Happening) -> str:
        what = HAPPENED[self._code][one.what]
        if one.what is Happened.SAID:
            colon = "\u00a0:" if self._code == "fr" else ":"
            return f"{what}, {KINDS[self._code][one.purpose]} {one.number}{colon} {one.detail}"
        return f"{what}, {one.purpose}" + (f", {one.detail}" if one.detail else "")

    def _time(self, at: datetime) -> str:
        return at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M:%S")

    def _chart(self) -> str:
        """Return the statements along a line of time, and each promise beside them."""
        told = self._report.spoken
        start, end = told[0].published, max(self._report.made, told[-1].published)
        length = max((end - start).total_seconds(), 1.0)

        def place(at: datetime) -> float:
            return 20 + 760 * min(max((at - start).total_seconds() / length, 0), 1)

        marks = "".join(
            f'<circle cx="{place(one.published):.1f}" cy="30" r="7" fill="#0b3d66"><title>'
            f"{escape(self._statement(one))}</title></circle>"
            f'<text x="{place(one.published):.1f}" y="58" text-anchor="middle" '
            f'font-size="14">{one.number}</text>'
            for one in told
        )
        promises = "".join(
            f'<path d="M{place(one.promised):.1f} 14v32" stroke="#b3261e" stroke-width="3"/>'
            for one in self._report.late
        )
        label = escape(self._words["statements"])
        return (
            f'<figure><svg viewBox="0 0 800 64" role="img" aria-label="{label}">'
            f'<path d="M20 30h760" stroke="#8a9299" stroke-width="2"/>{promises}{marks}</svg>'
            f"<figcaption>{self._time(start)} – {self._time(end)}. "
            f"{escape(self._words['chart'])}</figcaption></figure>"
        )


def report_json(report: IncidentReport) -> str:
    """Return the report for programs."""
    facts = {
        "ok": True,
        "exit_code": 0,
        "incident": report.incident.name,
        "state": report.incident.state,
        "live_on": report.incident.live_on,
        "made": report.made.isoformat(),
        "statements": [
            {
                "number": one.number,
                "kind": one.kind,
                "published": one.published.isoformat(),
                "corrects": one.corrects,
                "taken_back": one.taken_back,
                "titles": {code: words.title for code, words in one.words.items()},
                "seconds_to_live": report.seconds_to_live(one),
            }
            for one in report.spoken
        ],
        "overdue": [
            {
                "promised": one.promised.isoformat(),
                "came": one.came.isoformat() if one.came else None,
                "seconds": one.by.total_seconds(),
            }
            for one in report.late
        ],
        "rehearsed": asdict(report.rehearsed) if report.rehearsed else None,
        "waits": [wait.total_seconds() for wait in report.waits],
        "longest_silence": report.silence.total_seconds(),
        "timeline": [{**asdict(one), "at": one.at.isoformat()} for one in report.happenings],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)
