"""The paste target: pages from which a person carries posts over to a host without an API."""
