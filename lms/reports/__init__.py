"""Floor 6 · what trainers see: the matrix, and files made in the background."""
