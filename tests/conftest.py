import os

from hypothesis import HealthCheck, settings

# Shared machines are slow at times; what matters is the property, not the time.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("explore", parent=settings.get_profile("default"), derandomize=False)
# For faults put in by the thousand: few examples find what is plainly wrong.
settings.register_profile("few", parent=settings.get_profile("default"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
