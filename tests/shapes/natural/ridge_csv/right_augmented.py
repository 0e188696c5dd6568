import csv
import numpy as np

def load(path):
    table = np.genfromtxt(path, delimiter=",", skip_header=1)
    return table[:, :3], table[:, 3]

def standardize(X):
    m = np.mean(X, 0)
    s = np.sqrt(np.mean((X - m) ** 2, 0))
    return (X - m) / s, m, s

def ridge(X, y, lam=0.5):
    n, d = X.shape
    A = np.vstack([X, np.sqrt(lam) * np.eye(d)])
    b = y.mean()
    rhs = np.concatenate([y - b, np.zeros(d)])
    return np.linalg.lstsq(A, rhs, rcond=None)[0], b

def rmse(y, prediction):
    return np.linalg.norm(y - prediction) / len(y) ** 0.5
