"""Scripts run by hand or by make: they build the data that kg ships, and check it."""
