"""What `./dev bench` runs: each module here with a `run()` is a bench of that name."""
