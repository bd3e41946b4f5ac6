"""The page that people see of an address: the answer, and a form for each thing that they may do there."""
