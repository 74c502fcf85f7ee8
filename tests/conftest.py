from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "dragoman" / "annotate" / "model" / "encoder.onnx"
SHARED = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data")).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need what is not here are skipped, and say what they lack."""
    for item in items:
        if item.get_closest_marker("weights") and not WEIGHTS.exists():
            item.add_marker(pytest.mark.skip(reason=f"no weights at {WEIGHTS}: run `make model`"))
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason="needs ../shared or DRAGOMAN_DATA"))


@cache
def _pipeline() -> Pipeline:
    from dragoman.pipeline import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The real pipeline with the shipped weights, loaded once."""
    return _pipeline()
