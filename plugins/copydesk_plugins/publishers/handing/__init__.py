"""What targets without an API share: a person carries posts over, and a record says which."""
