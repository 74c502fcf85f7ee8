"""Measures Dragoman on public test sets: `python -m evaluation KIND --input ... --predictions ... [--gold ...]`."""
