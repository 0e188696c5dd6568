import numpy as np


def bilinear(image, rows, cols):
    """Sample an image at fractional positions (bilinear interpolation).

    image: (H, W); rows, cols: (K,) positions, 0 <= row <= H-1, 0 <= col <= W-1.
    Returns the K sampled values.
    """
    # YOUR CODE HERE
    height, width = image.shape
    r0 = np.clip(np.floor(rows).astype(int), 0, height - 2)
    c0 = np.clip(np.floor(cols).astype(int), 0, width - 2)
    fr = rows - r0
    fc = cols - c0
    top = image[r0, c0] * (1 - fc) + image[r0, c0 + 1] * fc
    bottom = image[r0 + 1, c0] * (1 - fc) + image[r0 + 1, c0 + 1] * fc
    return top * (1 - fr) + bottom * fr
    # END OF YOUR CODE


image = np.array([[10.0, 20.0, 30.0, 45.0], [12.0, 24.0, 31.0, 50.0], [15.0, 21.0, 39.0, 52.0]])
rows = np.array([0.5, 1.25, 1.9, 0.0, 2.0])
cols = np.array([0.25, 2.5, 1.1, 0.7, 3.0])
values = bilinear(image, rows, cols)
print(values)
