"""Search: the index beside the register, written with the records and asked with their rights."""
