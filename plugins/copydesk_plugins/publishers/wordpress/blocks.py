"""Sanitised HTML as the blocks that WordPress's editor opens without a complaint.

Each block is written just as the editor itself would save it. What no block can hold becomes an
HTML block, which the editor shows as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from copydesk_plugins.publishers.wordpress import markup
from copydesk_plugins.publishers.wordpress.block_shapes import (
    Shape,
    is_blank,
    is_inline,
    plain_attributes,
)

if TYPE_CHECKING:
    from bs4 import PageElement, Tag

#: Blocks in blocks in blocks: deeper ones become one HTML block.
_DEEPEST = 12
