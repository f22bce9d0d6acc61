"""What targets that write HTML pages share: text that a page can hold."""

from __future__ import annotations

import re

#: Characters that neither HTML nor XML can hold.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Leave out the control characters that a page or feed cannot hold."""
    return _NOT_TEXT.sub("", text)
