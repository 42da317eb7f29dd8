"""The worker's part: compilations that wait or that a dead worker left."""
