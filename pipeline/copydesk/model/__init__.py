"""The data that everything else speaks of: frozen after reading, and it does no I/O."""
