from functools import lru_cache

def edit_distance(a, b):
    @lru_cache(None)
    def d(i, j):
        if i == 0:
            return 0
        if j == 0:
            return i
        if a[i - 1] == b[j - 1]:
            return d(i - 1, j - 1)
        return 1 + min(d(i - 1, j), d(i, j - 1), d(i - 1, j - 1))
    return d(len(a), len(b))

def score_matrix(a, b, match=1, mismatch=-1, gap=-2):
    rows = [[j * gap for j in range(len(b) + 1)]]
    for i, p in enumerate(a, start=1):
        row = [i * gap]
        for j, q in enumerate(b, start=1):
            s = match if p == q else mismatch
            row.append(max(rows[-1][j - 1] + s, rows[-1][j] + gap, row[-1] + gap))
        rows.append(row)
    return rows

def align(a, b, match=1, mismatch=-1, gap=-2):
    S = score_matrix(a, b, match, mismatch, gap)
    out_a, out_b = [], []
    i, j = len(a), len(b)
    while i or j:
        if i and j and S[i][j] == S[i-1][j-1] + (match if a[i-1] == b[j-1] else mismatch):
            i -= 1
            j -= 1
            out_a.append(a[i])
            out_b.append(b[j])
        elif i and S[i][j] == S[i-1][j] + gap:
            i -= 1
            out_a.append(a[i])
            out_b.append("-")
        else:
            j -= 1
            out_a.append("-")
            out_b.append(b[j])
    return "".join(reversed(out_a)), "".join(reversed(out_b))
