"""How long property tests run: some seconds; with `--hypothesis-profile=long` as long as it takes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_SUPPRESSED = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)
settings.register_profile("short", max_examples=60, deadline=None, suppress_health_check=_SUPPRESSED)
settings.register_profile("long", max_examples=3_000, deadline=None, suppress_health_check=_SUPPRESSED)
settings.load_profile("short")
