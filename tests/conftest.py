"""What all tests share: no test fails because the machine is busy, or because of chance."""

from hypothesis import HealthCheck, settings

from tests.examples import SEARCH, examples

settings.register_profile(
    "mailspec",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=examples(100),
    derandomize=not SEARCH,
)
settings.load_profile("mailspec")
