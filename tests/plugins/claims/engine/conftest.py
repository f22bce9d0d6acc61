"""Makes `score_kit.py` of the labelled posts and `engine_kit.py` importable from these tests."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "claims")]
