"""What holds for all tests."""

from hypothesis import settings

# No test waits for a clock: on a busy machine a deadline finds nothing but the other work.
settings.register_profile("copydesk", settings(settings.default, deadline=None))
settings.load_profile("copydesk")
