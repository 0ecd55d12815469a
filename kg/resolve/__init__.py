"""From local entities to entities of the corpus: who is whom across documents."""
