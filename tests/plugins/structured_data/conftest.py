"""Makes `vocabulary.py` importable from the tests of this folder, however pytest was called."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
