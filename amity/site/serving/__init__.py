"""The two servers, production and demonstration, and what must hold before they start."""
