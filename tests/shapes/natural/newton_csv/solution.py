"""
Machine Learning course, exercise sheet 4
Logistic regression trained with Newton's method (IRLS) on exam.csv: hours, grade, passed
"""
import numpy as np

data = np.loadtxt("exam.csv", delimiter=",", skiprows=1)
X = data[:, :2]
y = data[:, 2]

# standardise and add a column of ones
X = (X - X.mean(axis=0)) / X.std(axis=0)
X = np.hstack([np.ones((X.shape[0], 1)), X])

iterations = 5
lam = 0.5
w = np.zeros(3)
losses = []

for it in range(iterations):
    # TODO: probabilities
    p = 1 / (1 + np.exp(-X @ w))

    # TODO: regularised loss (mean over the records) and append it to losses
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + lam / 2 * np.sum(w ** 2)
    losses.append(loss)

    # TODO: gradient and Hessian
    grad = X.T @ (p - y) / len(y) + lam * w
    H = (X.T * (p * (1 - p))) @ X / len(y) + lam * np.eye(3)

    # TODO: Newton step
    w = w - np.linalg.solve(H, grad)

# TODO: training accuracy
accuracy = np.mean((X @ w > 0) == (y == 1))

print("weights", w)
print("losses", losses)
print("accuracy", accuracy)
