"""`copydesk import`: files from elsewhere become drafts, and nothing of them is lost."""
