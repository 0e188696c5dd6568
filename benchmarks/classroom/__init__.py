"""The same job in the frameworks that classes use: what an instructor would write for each."""
