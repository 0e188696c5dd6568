import numpy as np

def stretch(image, low, high):
    out = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            v = image[i, j]
            if v <= low:
                out[i, j] = 0
            elif v >= high:
                out[i, j] = 1
            else:
                out[i, j] = (v - low) / (high - low)
    return out

def blur(image):
    out = np.array(image)
    for i in range(1, len(image) - 1):
        for j in range(1, len(image[0]) - 2):
            s = 0
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    s += image[i + di, j + dj]
            out[i, j] = s / 9
    return out

def bright_box(image, level):
    box = None
    for i, row in enumerate(image):
        for j, v in enumerate(row):
            if v > level:
                if box is None:
                    box = [i, i, j, j]
                box = [min(box[0], i), max(box[1], i), min(box[2], j), max(box[3], j)]
    return tuple(box) if box else None
