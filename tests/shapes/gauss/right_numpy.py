import numpy as np

def solve(A, b):
    M = np.column_stack([np.array(A, dtype=float), np.array(b, dtype=float)])
    n = len(M)
    for k in range(n):
        p = k + np.argmax(np.abs(M[k:, k]))
        if abs(M[p, k]) < 1e-12:
            raise ValueError("no single solution")
        M[[k, p]] = M[[p, k]]
        M[k] /= M[k, k]
        for i in range(n):
            if i != k:
                M[i] = M[i] - M[i, k] * M[k]
    return M[:, n]
