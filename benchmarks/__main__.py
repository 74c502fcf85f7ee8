"""`python -m benchmarks`: raw text to Reading, start-up, peak memory; and a rival's parser over the same text.

Every figure is taken in a process of its own on one thread; speeds are medians of five rounds over the eight examples
(and over nothing else, so that anybody can repeat them). A ratio over 1 means that we are faster.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.tasks import TASKS

ROUNDS = 5
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "0",
}


def run(name: str) -> dict[str, float]:
    """One task in a fresh process on one core: its figures."""
    command = [sys.executable, "-m", "benchmarks.tasks", name, str(ROUNDS)]
    env = os.environ | ONE_THREAD
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def startup() -> float:
    """Median seconds of `dragoman read examples/summit.txt` from a cold shell, after one run that warms the disk."""
    report = str(Path(__file__).parent.parent / "examples" / "summit.txt")
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", "read", report]
    times = []
    for _ in range(ROUNDS + 1):
        begin = time.perf_counter()
        subprocess.run(command, env=os.environ | ONE_THREAD, check=True, capture_output=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times[1:])


def main() -> None:
    """Run everything and print a Markdown table."""
    figures = {name: run(name) for name in TASKS}
    base = figures["reading"]["words_per_s"]
    print("| task | words/s (median of 5) | slowest–fastest | peak memory, MiB | ours : this |")
    print("|---|---:|---:|---:|---:|")
    for name, row in figures.items():
        cells = [
            TASKS[name].__doc__ or name,
            f"{row['words_per_s']:,.0f}",
            f"{row['slowest']:,.0f}–{row['fastest']:,.0f}",
            f"{row['peak_mib']:.0f}",
            f"{base / row['words_per_s']:.2f}",
        ]
        print(f"| {' | '.join(cells)} |")
    print(f"\n`dragoman read examples/summit.txt`, whole command: {startup():.2f} s (median of 5)")


if __name__ == "__main__":
    main()
