import numpy as np

def power_iteration(A, start, n=10):
    w = np.linalg.matrix_power(A, n) @ start
    w = w / np.sqrt(np.sum(w ** 2))
    lam = np.sum(w * (A @ w)) / np.sum(w * w)
    biggest = max(w, key=abs)
    return lam, w * np.sign(biggest)
