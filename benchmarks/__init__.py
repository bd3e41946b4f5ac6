"""Measuring the service beside the limits of its own stack: `python -m benchmarks`, told of in docs/performance.md."""
