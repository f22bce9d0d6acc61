"""The data that everything else speaks of: frozen after reading, free of behaviour that does I/O."""
