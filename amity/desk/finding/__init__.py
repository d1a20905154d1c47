"""Finding records at the desk: in lists and in choosers, in any spelling, and told apart."""
