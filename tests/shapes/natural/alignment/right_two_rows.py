import numpy as np

def edit_distance(a, b):
    previous = list(range(len(b) + 1))
    for i in range(len(a)):
        current = [i + 1]
        for j in range(len(b)):
            current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] != b[j])))
        previous = current
    return previous[-1]

def score_matrix(a, b, match=1, mismatch=-1, gap=-2):
    S = np.empty((len(a) + 1, len(b) + 1))
    S[0] = gap * np.arange(len(b) + 1)
    S[:, 0] = gap * np.arange(len(a) + 1)
    for i in range(len(a)):
        for j in range(len(b)):
            best = S[i, j] + mismatch
            if a[i] == b[j]:
                best = S[i, j] + match
            if S[i, j + 1] + gap > best:
                best = S[i, j + 1] + gap
            if S[i + 1, j] + gap > best:
                best = S[i + 1, j] + gap
            S[i + 1, j + 1] = best
    return S

def align(a, b, match=1, mismatch=-1, gap=-2):
    S = score_matrix(a, b, match, mismatch, gap)

    def back(i, j):
        if i == 0:
            return "-" * j, b[:j]
        if j == 0:
            return a[:i], "-" * i
        s = match if a[i - 1] == b[j - 1] else mismatch
        if S[i, j] == S[i - 1, j - 1] + s:
            x, y = back(i - 1, j - 1)
            return x + a[i - 1], y + b[j - 1]
        if S[i, j] == S[i - 1, j] + gap:
            x, y = back(i - 1, j)
            return x + a[i - 1], y + "-"
        x, y = back(i, j - 1)
        return x + "-", y + b[j - 1]

    return back(len(a), len(b))
