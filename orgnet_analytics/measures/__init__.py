"""Numbers about actors, ties, groups and whole networks; one file per topic, every level inside."""
