"""What people upload: which kinds are taken, how they are checked, where they are kept. No models."""
