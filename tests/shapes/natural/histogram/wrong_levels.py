def histogram(image, levels):
    h = [0] * levels
    for row in image:
        for pixel in row:
            h[pixel] = h[pixel] + 1
    return h

def equalise(image, levels):
    h = histogram(image, levels)
    total = sum(h)
    cumulative = []
    s = 0
    for x in h:
        s += x
        cumulative.append(s)
    first = [c for c in cumulative if c > 0][0]
    if first == total:
        return [[int(p) for p in row] for row in image]
    new = [round((c - first) / (total - first) * levels) for c in cumulative]
    return [[new[p] for p in row] for row in image]

def otsu(image, levels):
    h = histogram(image, levels)
    n = sum(h)
    mean = sum(i * h[i] for i in range(levels)) / n
    w = 0
    m = 0
    best, top = 0, -1
    for t in range(1, levels):
        w += h[t - 1] / n
        m += (t - 1) * h[t - 1] / n
        if 0 < w < 1 - 1e-9:
            var = (mean * w - m) ** 2 / (w * (1 - w))
            if var > top + 1e-12:
                top, best = var, t
    return best
