"""An app of somebody else, as one installs them: its templates are in Django's language."""
