import numpy as np

X = np.array([[2.0, 0.5, -1.0],
              [1.5, 1.0, 0.0],
              [3.0, -0.5, 2.5],
              [0.5, 2.0, 1.0]])
n, d = X.shape

col_means = [sum(X[:, j]) / n for j in range(d)]
centred = np.array([[X[i, j] - col_means[j] for j in range(d)] for i in range(n)])
cov = np.zeros((d, d))
for i in range(d):
    for j in range(d):
        total = 0
        for k in range(n):
            total += centred[k, i] * centred[k, j]
        cov[i, j] = total / (n - 1)
corr = np.zeros((d, d))
for i in range(d):
    for j in range(d):
        corr[i, j] = cov[i, j] / (cov[i, i] * cov[j, j]) ** 0.5
best, largest = 0, sum(X[0]) / d
for i in range(1, n):
    mean = sum(X[i]) / d
    if mean > largest:
        best, largest = i, mean
