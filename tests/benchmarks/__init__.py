"""Speed and memory, each beside what one would use instead. ``python -m tests.benchmarks [NAME …]`` runs them."""
