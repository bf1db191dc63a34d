"""Component tags; load them with {% load ui %}."""
