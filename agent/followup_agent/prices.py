"""What models cost: a table that the user keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from followup_agent.errors import SettingsError

#: Model → ``prompt`` and ``completion``, for a million tokens, in any currency.
Prices = Mapping[str, Mapping[str, float]]


def load_prices(path: Path) -> dict[str, dict[str, float]]:
    """A price table: per model ``prompt`` and ``completion``, for a million tokens.

    Raises:
        SettingsError: It is none.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        return {
            str(model): {side: float(row[side]) for side in ("prompt", "completion")}
            for model, row in data.items()
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError, yaml.YAMLError) as exc:
        raise SettingsError(
            f"{path}: a price table is `MODEL: {{prompt: 0.4, completion: 1.6}}`"
        ) from exc
