"""How the learned reader is made: annotated pages in, the shipped model and the weights of the combiner out."""
