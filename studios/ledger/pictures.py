"""Fingerprints of pictures: 64 bits, of which near-identical pictures differ in few.

The database cuts a fingerprint into four bands of 16 bits (``image_bands``) and keeps an index of them. When
two differ in six bits at most, one of the bands differs in one bit at most: all fingerprints that near to a
given one are found by 68 exact values.
"""

BANDS, BAND_BITS = 4, 16
NEAR = 6  # bits
PLAIN = 8  # a picture with fewer bits set, or fewer unset, is an even surface: it is like every other


def unsigned(fingerprint):
    """The 64 bits of what is stored as a signed number."""
    return fingerprint & (1 << 64) - 1


def has_detail(fingerprint):
    """Whether there is enough in the picture to compare it."""
    return PLAIN <= unsigned(fingerprint).bit_count() <= 64 - PLAIN


def distance(one, other):
    """In how many bits two fingerprints differ."""
    return (unsigned(one) ^ unsigned(other)).bit_count()


def bands(fingerprint):
    """Its four bands as the index has them: the number of the band above the 16 bits."""
    bits = unsigned(fingerprint)
    mask = (1 << BAND_BITS) - 1
    return [(place << BAND_BITS) + (bits >> place * BAND_BITS & mask) for place in range(BANDS)]


def probes(fingerprint):
    """The values of which every fingerprint no further than ``NEAR`` has one among its bands."""
    return [
        value
        for band in bands(fingerprint)
        for value in (band, *(band ^ 1 << bit for bit in range(BAND_BITS)))
    ]
