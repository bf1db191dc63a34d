"""What every page shares: navigation, component tags, styled forms. Knows nothing of studios."""
