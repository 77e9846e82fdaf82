"""Draws cost against size as an SVG picture, both axes logarithmic."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from jinja2 import Environment

__all__ = ["curves"]

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 60, 30, 190, 50
COLOURS = ("#0b3d66", "#b3541e", "#7a7a7a", "#2e7d4f", "#6a3d9a")

PICTURE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ width }} {{ height }}"
 font-family="sans-serif" font-size="13" fill="#444" role="img">
<title>Seconds to launch one statement, by size of the archive</title>
<rect width="100%" height="100%" fill="#fff"/>
{% for tick in rows %}
<path d="M{{ left }} {{ tick.at }}H{{ edge }}" stroke="#ddd"/>
<text x="{{ left - 8 }}" y="{{ tick.at + 4 }}" text-anchor="end">{{ tick.name }} s</text>
{% endfor %}
{% for tick in columns %}
<text x="{{ tick.at }}" y="{{ floor + 22 }}" text-anchor="middle">{{ tick.name }}</text>
{% endfor %}
<text x="{{ left }}" y="{{ floor + 42 }}">press releases in the archive, in two languages</text>
{% for line in lines %}
<polyline points="{{ line.points }}" fill="none" stroke="{{ line.colour }}" stroke-width="2.5"/>
{% for dot in line.dots %}
<circle cx="{{ dot[0] }}" cy="{{ dot[1] }}" r="4" fill="{{ line.colour }}"/>
{% endfor %}
<text x="{{ edge + 12 }}" y="{{ line.end + 4 }}" fill="{{ line.colour }}">{{ line.name }}</text>
{% endfor %}
</svg>
"""
)


def curves(lines: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Return a picture of named curves; each point is a size and its seconds, both above 0."""
    points = [point for line in lines.values() for point in line]
    sizes = sorted({size for size, _ in points})
    low = floor(log10(min(seconds for _, seconds in points)))
    high = ceil(log10(max(seconds for _, seconds in points)))
    span = log10(sizes[-1] / sizes[0]) or 1

    def across(size: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * log10(size / sizes[0]) / span, 1)

    def down(seconds: float) -> float:
        share = (log10(seconds) - low) / (high - low)
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)

    drawn = []
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        dots = [(across(size), down(seconds)) for size, seconds in line]
        text = " ".join(f"{x},{y}" for x, y in dots)
        drawn.append(
            {"name": name, "colour": colour, "dots": dots, "points": text, "end": dots[-1][1]}
        )
    powers = [10.0**power for power in range(low, high + 1)]
    return PICTURE.render(
        width=WIDTH, height=HEIGHT, left=LEFT, edge=WIDTH - RIGHT, floor=HEIGHT - BOTTOM,
        rows=[{"at": down(power), "name": f"{power:g}"} for power in powers],
        columns=[{"at": across(size), "name": f"{size:,.0f}"} for size in sizes],
        lines=drawn,
    )  # fmt: skip
