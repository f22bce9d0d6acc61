"""A WordPress site as a place to publish: its REST interface, and what it does to texts."""
