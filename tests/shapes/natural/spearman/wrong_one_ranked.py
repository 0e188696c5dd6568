import math

def ranks(values):
    out = []
    for v in values:
        smaller = sum(1 for w in values if w < v)
        same = sum(1 for w in values if w == v)
        out.append(smaller + (same + 1) / 2)
    return out

def pearson(x, y):
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    sxy = sxx = syy = 0.0
    for a, b in zip(x, y):
        sxy += (a - mx) * (b - my)
        sxx += (a - mx) ** 2
        syy += (b - my) ** 2
    return sxy / math.sqrt(sxx * syy)

def spearman(x, y):
    rx = ranks(x)
    ry = ranks(y)
    return pearson(rx, y)

def strength(r):
    size = -r if r < 0 else r
    for limit, word in [(0.7, "strong"), (0.4, "moderate")]:
        if size >= limit:
            return word
    return "weak"
