"""Rules about wording: phrases that no claim may have, or not without a source."""
