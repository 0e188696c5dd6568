import csv
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

with open("exam.csv") as f:
    rows = list(csv.reader(f))[1:]
data = np.array([[float(v) for v in row] for row in rows])
mu, sigma = data[:, :2].mean(0), data[:, :2].std(0)
A = np.column_stack([np.ones(len(data)), (data[:, :2] - mu) / sigma])
t = data[:, 2]

iterations = 5
lam = 0.5

def objective(w):
    z = A @ w
    return np.mean(np.logaddexp(0, z) - t * z) + 0.5 * lam * w @ w

def derivatives(w):
    s = sigmoid(A @ w)
    g = A.T @ (s - t) / len(t) + lam * w
    S = np.diag(s * (1 - s))
    return g, A.T @ S @ A / len(t) + lam * np.eye(len(w))

w = np.zeros(3)
losses = []
for _ in range(iterations):
    losses.append(objective(w))
    g, H = derivatives(w)
    w -= np.linalg.solve(H, g)
accuracy = ((sigmoid(A @ w) > 0.5) != t.astype(bool)).mean()
print(w, losses, accuracy)
