"""The folder target: a small site of plain HTML files that also works opened from disk."""
