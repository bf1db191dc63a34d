"""Understanding the rosters that offices keep: from cells to rows with values, remarks and questions."""
