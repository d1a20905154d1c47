"""Public pages: how they are made, kept, addressed and listed; the frame and what goes wrong."""
