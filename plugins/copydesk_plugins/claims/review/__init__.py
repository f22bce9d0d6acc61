"""Review of posts: stamps that are bound to what a post says, and the sheet for who signs."""
