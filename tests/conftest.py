"""How every test runs: the same examples each time, and none judged by the clock."""

from hypothesis import settings

# Programs for `make fuzz`, which brings what they need.
collect_ignore = ["fuzz"]

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("steady")
