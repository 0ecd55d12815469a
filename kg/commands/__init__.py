"""The commands of `kg`, one module for each group of them. Heavy imports are inside the functions."""
