"""What is true of words in any text: which characters, whose language, whose marks."""
