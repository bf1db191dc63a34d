"""`python -m bench`: makes a world, measures the pages that matter, prints the tables."""

import os
import sys


def main():
    """Build the world in the database of DATABASE_URL (`make bench` gives a throw-away one) and measure."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from bench import pages, world

    world.build()
    sys.stdout.write(pages.table(pages.measure()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
