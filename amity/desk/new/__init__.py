"""What is new: how records begin, what they are called in addresses, and whole partnerships."""
