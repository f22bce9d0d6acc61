"""What holds for all tests."""

import pytest
from hypothesis import settings

# No test waits for a clock: on a busy machine a deadline finds nothing but the other work.
settings.register_profile("copydesk", settings(settings.default, deadline=None))
settings.load_profile("copydesk")

# Kits that assert: a failure in them shows values, as one in a test does.
pytest.register_assert_rewrite("cms_kit", "faults_kit", "systems_kit", "wordpress_kit", "ghost_kit")
