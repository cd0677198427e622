"""Floor 4 · what a learner has done, and may do: facts, and the projection that screens read."""
