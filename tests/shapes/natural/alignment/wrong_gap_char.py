import numpy as np

def edit_distance(s, t):
    d = {}
    for i in range(len(s) + 1):
        for j in range(len(t) + 1):
            if min(i, j) == 0:
                d[i, j] = max(i, j)
            else:
                change = d[i - 1, j - 1] if s[i - 1] == t[j - 1] else d[i - 1, j - 1] + 1
                d[i, j] = min(change, d[i - 1, j] + 1, d[i, j - 1] + 1)
    return d[len(s), len(t)]

def score_matrix(s, t, match=1, mismatch=-1, gap=-2):
    M = np.zeros((len(s) + 1, len(t) + 1), int)
    for i in range(len(s) + 1):
        for j in range(len(t) + 1):
            options = []
            if i > 0 and j > 0:
                options.append(M[i - 1, j - 1] + (match if s[i - 1] == t[j - 1] else mismatch))
            if i > 0:
                options.append(M[i - 1, j] + gap)
            if j > 0:
                options.append(M[i, j - 1] + gap)
            if options:
                M[i, j] = max(options)
    return M

def align(s, t, match=1, mismatch=-1, gap=-2):
    M = score_matrix(s, t, match, mismatch, gap)
    i, j = len(s), len(t)
    pairs = []
    while (i, j) != (0, 0):
        if min(i, j) > 0 and M[i, j] - M[i - 1, j - 1] == (match if s[i - 1] == t[j - 1] else mismatch):
            pairs.insert(0, (s[i - 1], t[j - 1]))
            i, j = i - 1, j - 1
        elif i > 0 and M[i, j] - M[i - 1, j] == gap:
            pairs.insert(0, (s[i - 1], " "))
            i = i - 1
        else:
            pairs.insert(0, ("-", t[j - 1]))
            j = j - 1
    return ["".join(p[0] for p in pairs), "".join(p[1] for p in pairs)]
