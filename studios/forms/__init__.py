"""What people type about studios: input to clean data, and doubts about it."""
