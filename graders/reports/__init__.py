"""One module per format a report can be written in."""
