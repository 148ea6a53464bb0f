"""Reads the page's own font file, so that a pill is as wide as its drawn label."""

from pathlib import Path

from fontTools.ttLib import TTFont

from physics.pills import Typeface


def load_typeface(path: Path) -> Typeface:
    """Read the advance of every character of a font file (TTF, WOFF or WOFF2)."""
    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return Typeface(
            {chr(code): advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}
        )
