"""Pictures: as files (`media`), made fit to be shown (`developing`), and what else is in their
bytes (`containers`)."""
