"""Stand for compiled libraries where a page has none; nothing of the command imports them."""
