"""The analyst's programs on a plain machine: assembled from Maven Central, run on loopback, gone at the end."""
