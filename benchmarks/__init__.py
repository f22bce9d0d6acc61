"""Speed and memory of Copydesk, as ratios to an empty run of the same Python."""
