import numpy as np

X = np.array([[2.0, 0.5, -1.0],
              [1.5, 1.0, 0.0],
              [3.0, -0.5, 2.5],
              [0.5, 2.0, 1.0]])

col_means = np.average(X, 0)
centred = np.subtract(X, col_means)
cov = np.atleast_2d(np.cov(X, rowvar=True))
corr = np.atleast_2d(np.corrcoef(X.T))
largest = max(X.mean(1))
best = list(X.mean(1)).index(largest)
