"""The words of the interface in each language: merging their parts, finding msgids, comparing the two."""
