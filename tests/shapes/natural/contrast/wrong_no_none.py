import numpy as np

def stretch(image, low, high):
    scaled = (image - low) / (high - low)
    scaled[scaled < 0] = 0
    scaled[scaled > 1] = 1
    return scaled

def blur(image):
    out = image.copy()
    h, w = image.shape
    total = sum(image[a:h - 2 + a, b:w - 2 + b] for a in range(3) for b in range(3)) if h > 2 and w > 2 else 0
    if h > 2 and w > 2:
        out[1:-1, 1:-1] = total / 9
    return out

def bright_box(image, level):
    mask = image > level
    if not mask.any():
        return 0, 0, 0, 0
    r = np.where(mask.any(axis=1))[0]
    c = np.where(mask.any(axis=0))[0]
    return r[0], r[-1], c[0], c[-1]
