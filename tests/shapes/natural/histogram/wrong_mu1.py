import numpy as np

def histogram(image, levels):
    return np.array([(image == k).sum() for k in range(levels)])

def equalise(image, levels):
    hist = histogram(image, levels)
    result = np.zeros(image.shape, dtype=int)
    n = image.size
    first = hist[hist > 0][0]
    if first == n:
        return image.copy()
    running = 0
    for k in range(levels):
        running += hist[k]
        result[image == k] = int(np.round((running - first) / (n - first) * (levels - 1)))
    return result

def otsu(image, levels):
    prob = histogram(image, levels) / image.size
    grey = np.arange(levels)
    variances = [-1.0]
    for t in range(1, levels):
        w0 = np.sum(prob[:t])
        w1 = np.sum(prob[t:])
        if w0 < 1e-12 or w1 < 1e-12:
            variances.append(-1.0)
            continue
        m0 = np.dot(grey[:t], prob[:t]) / w0
        m1 = np.dot(grey[t:], prob[t:])
        variances.append(w0 * w1 * (m1 - m0) ** 2)
    return int(np.argmax(np.round(variances, 10)))
