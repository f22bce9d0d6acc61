"""`--format html` in parts: what it shows of a run, of a post, of a finding, and in pictures."""
