"""How several files are chosen in a form of somebody who is not signed in."""

from django import forms

ACCEPTED = ".pdf,.docx,.xlsx,.ods,image/png,image/jpeg,image/webp,image/heic"
"""What a phone or a browser offers to choose from; what is taken is known by the content."""


class FilesInput(forms.FileInput):
    """Several files at once; what they are is looked into apart from the form."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ACCEPTED})
