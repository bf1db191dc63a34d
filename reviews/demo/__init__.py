"""The made-up city: believable, complete, and nobody in it exists."""
