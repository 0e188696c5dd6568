"""Bioinformatics 1: edit distance and global alignment (Needleman-Wunsch)."""
import numpy as np


def edit_distance(a, b):
    """Number of insertions, deletions and substitutions."""
    D = np.zeros((len(a) + 1, len(b) + 1), dtype=int)
    # TODO: first row and column
    D[:, 0] = np.arange(len(a) + 1)
    D[0, :] = np.arange(len(b) + 1)
    # TODO: fill the table
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost = 0 if a[i - 1] == b[j - 1] else 1
            D[i, j] = min(D[i - 1, j] + 1, D[i, j - 1] + 1, D[i - 1, j - 1] + cost)
    return D[-1, -1]


def score_matrix(a, b, match=1, mismatch=-1, gap=-2):
    n, m = len(a), len(b)
    S = np.zeros((n + 1, m + 1))
    # TODO
    for i in range(1, n + 1):
        S[i, 0] = i * gap
    for j in range(1, m + 1):
        S[0, j] = gap
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            diagonal = S[i - 1, j - 1] + (match if a[i - 1] == b[j - 1] else mismatch)
            S[i, j] = max(diagonal, S[i - 1, j] + gap, S[i, j - 1] + gap)
    return S


def align(a, b, match=1, mismatch=-1, gap=-2):
    """Best alignment; where several are, a diagonal step is preferred, then a gap in b."""
    S = score_matrix(a, b, match, mismatch, gap)
    i, j = len(a), len(b)
    top, bottom = "", ""
    # TODO: trace back
    while i > 0 or j > 0:
        step = match if i > 0 and j > 0 and a[i - 1] == b[j - 1] else mismatch
        if i > 0 and j > 0 and S[i, j] == S[i - 1, j - 1] + step:
            top, bottom = a[i - 1] + top, b[j - 1] + bottom
            i, j = i - 1, j - 1
        elif i > 0 and S[i, j] == S[i - 1, j] + gap:
            top, bottom = a[i - 1] + top, "-" + bottom
            i -= 1
        else:
            top, bottom = "-" + top, b[j - 1] + bottom
            j -= 1
    return top, bottom


# Examples
print("distance:", edit_distance("kitten", "sitting"))
print(score_matrix("GATTACA", "GCATGC"))
top, bottom = align("GATTACA", "GCATGC")
print(top)
print(bottom)
