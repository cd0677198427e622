"""Content as plain data: what the API gives, and the stamps by which its answers are told apart."""
