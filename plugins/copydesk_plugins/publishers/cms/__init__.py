"""What WordPress and Ghost share: planning, writing once, looking before and after, undoing."""
