"""One file per report. Each yields a header and rows, and knows how many rows there will be."""
