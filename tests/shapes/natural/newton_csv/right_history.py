import numpy as np

data = np.loadtxt("exam.csv", delimiter=",", skiprows=1)
raw, y = data[:, :2], data[:, 2]
X = np.ones((len(y), 3))
X[:, 1:] = (raw - raw.mean(axis=0)) / raw.std(axis=0)

iterations = 5
lam = 0.5
w = np.zeros((3, 1))
losses = np.zeros(iterations)
Y = y.reshape(-1, 1)
for k in range(iterations):
    h = 1.0 / (1.0 + np.exp(-np.dot(X, w)))
    cross = -(np.dot(Y.T, np.log(h)) + np.dot((1 - Y).T, np.log(1 - h)))
    losses[k] = cross[0, 0] / len(y) + lam / 2 * np.sum(np.square(w))
    d = np.dot(X.T, h - Y) / len(y) + lam * w
    R = h * (1 - h)
    hess = np.dot(X.T, R * X) / len(y) + lam * np.eye(3)
    w = w - np.dot(np.linalg.inv(hess), d)
w = w.ravel()
predicted = np.where(X.dot(w) > 0, 1, 0)
accuracy = np.sum(predicted == y) / len(y)
