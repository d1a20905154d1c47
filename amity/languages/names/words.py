"""Words that stand around a name and are no part of it."""


def listed(words: str) -> frozenset[str]:
    """The words of a list with spaces between them."""
    return frozenset(words.split())


HONORIFICS = listed("mr mrs ms mme mlle dr prof ir ông bà")
OF_AREAS = listed(
    "city town province region oblast republic municipality of the "
    "город г область обл край республика "
    "ville région province de la "
    "kota provinsi kabupaten "
    "stadt"
)
"""What an area is, beside what it is called, in the languages of the interface and in German."""
OF_AREAS_IN_TWO = frozenset({("thành", "phố"), ("thanh", "pho"), ("tỉnh", ""), ("tp", "")})
"""The same in Vietnamese, where one of the words alone may be a name; only in front."""
OF_ORGANIZATIONS = listed(
    "of the and for in de la le les des du et d l và của и в по на для dan di untuk "
    "pt tbk ltd llc inc plc jsc gmbh sarl ооо оао зао пао"
)
"""Small words, and legal forms, which are as often left out."""
SAINTS = listed("saint sainte st ste sankt sint санкт")
SAINT = "saint"
