"""Lists that every program shares: countries, provinces, industries. Both languages, from data."""
