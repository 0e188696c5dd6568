import numpy as np

X = np.array([[2.0, 0.5, -1.0],
              [1.5, 1.0, 0.0],
              [3.0, -0.5, 2.5],
              [0.5, 2.0, 1.0]])
n = len(X)

# TODO: the mean of each column
col_means = X.mean()
# TODO: the same columns with mean 0
centred = X - col_means
# TODO: the covariance matrix of the columns, divided by n - 1
cov = centred.T @ centred / (n - 1)

sd = np.sqrt(np.diag(cov))
# TODO: the correlation matrix
corr = cov / np.outer(sd, sd)

row_means = X.mean(axis=1)
# TODO: the number of the row with the largest mean, and that mean
best = np.argmax(row_means)
largest = row_means[best]

assert corr.shape == (3, 3)
print("covariance", cov, "correlation", corr, sep="\n")
print("row", best, "has the mean", largest)
