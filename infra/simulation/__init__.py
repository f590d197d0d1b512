"""A contact centre in simulated time, with the matching that the real one has."""
