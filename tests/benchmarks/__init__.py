"""The benchmarks' own reckoning. That they run is shown by `make bench` in its quick form, a stage of CI."""
