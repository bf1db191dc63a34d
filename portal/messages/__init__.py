"""What the portal tells people: messages in the portal, and mail. Kept as values, worded when read."""
