"""Write the vocabulary of the built-in packs into a file that opens at once.

Run it after a pack or a list of phrases of the claims was changed:
python tools/build_vocabulary.py
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.ready import PATH, written

if __name__ == "__main__":
    PATH.write_text(written(), "utf-8")
    print(f"{PATH.name} is written.")
