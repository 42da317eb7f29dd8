"""Pages of surveys and responses."""
