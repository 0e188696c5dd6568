import numpy as np
table = np.genfromtxt("exam.csv", delimiter=",", skip_header=1)
features, y = table[:, 0:2], table[:, -1]
n = len(table)
for j in range(2):
    features[:, j] -= np.mean(features[:, j])
    features[:, j] /= np.std(features[:, j])
X = np.c_[np.ones(n), features]
iterations = 5
lam = 0.5
w = np.zeros(3)
losses = []
for it in range(iterations):
    loss = 0
    grad = np.zeros(3)
    H = np.zeros((3, 3))
    for x, t in zip(X, y):
        q = 1 / (1 + np.exp(-np.dot(x, w)))
        loss += -np.log(q) if t == 1 else -np.log(1 - q)
        grad += (q - t) * x
        H += q * (1 - q) * np.outer(x, x)
    losses.append(loss / n + lam * np.dot(w, w) / 2)
    grad = grad / n + lam * w
    H = H / n + lam * np.identity(3)
    w = w - np.linalg.inv(H) @ grad
hits = 0
for x, t in zip(X, y):
    hits += (1 if np.dot(x, w) > 0 else 0) == t
accuracy = hits / n
