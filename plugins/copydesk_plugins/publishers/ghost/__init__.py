"""Ghost as a remote: its Admin API, and bodies that stay editable in its own editor."""
