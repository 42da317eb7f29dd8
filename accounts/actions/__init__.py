"""The verbs: the only place that changes state."""
