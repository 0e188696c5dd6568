import numpy as np


def stretch(image, low, high):
    """The image with its grey values between low and high spread over 0 to 1, all others cut off."""
    # TODO
    cut = np.clip(image, low, high)
    return (cut - low) / high


def blur(image):
    """Each inner pixel becomes the mean of the 3 x 3 pixels round it; the border stays."""
    result = image.copy()
    rows, cols = image.shape
    # TODO
    for r in range(1, rows - 1):
        for c in range(1, cols - 1):
            result[r, c] = image[r - 1:r + 2, c - 1:c + 2].mean()
    return result


def bright_box(image, level):
    """First and last row and column with a pixel above the level."""
    # TODO
    rows, cols = np.nonzero(image > level)
    if len(rows) == 0:
        return None
    return int(rows.min()), int(rows.max()), int(cols.min()), int(cols.max())


# Example
image = np.array([
    [0.1, 0.3, 0.2, 0.0, 0.1],
    [0.2, 0.9, 0.7, 0.4, 0.2],
    [0.1, 0.6, 1.0, 0.5, 0.3],
    [0.0, 0.2, 0.4, 0.8, 0.1],
])
stretched = stretch(image, 0.2, 0.8)
blurred = blur(image)
box = bright_box(image, 0.55)
print(stretched)
print(blurred)
print(box)
