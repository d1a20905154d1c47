"""What the page of tokens can say: what purposes are called."""

from jinja2 import Environment

from amity.tokens.choices import Purpose


def install(environment: Environment) -> None:
    """Called once, when the environment is made."""
    environment.globals.update(purpose_label=purpose_label)


def purpose_label(purpose: str) -> str:
    """What a purpose is called in the page's language."""
    return str(Purpose(purpose).label)
