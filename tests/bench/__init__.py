"""How fast it is, as ratios to what Django itself can do on the same machine in the same run: `make bench`."""
