"""Readings out: a dossier for a terminal, one page of HTML, JSON."""

from dragoman.formats.html import to_html
from dragoman.formats.text import to_text

__all__ = ["to_html", "to_text"]
