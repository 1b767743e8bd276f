"""What all tests share: no test fails because the machine is busy."""

from hypothesis import HealthCheck, settings

from tests.examples import examples

settings.register_profile(
    "mailspec", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=examples(100)
)
settings.load_profile("mailspec")
