"""The vocabulary of claims: packs that a person edits in a spreadsheet, and how they are read."""
