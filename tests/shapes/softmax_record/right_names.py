import numpy as np

x = np.array([0.5, -1.2, 0.3])
W = np.array([[0.1, 0.4, -0.3, 0.2], [-0.6, 0.2, 0.5, 0.1], [0.3, -0.2, 0.4, -0.5]])
b = np.linspace(-0.2, 0.4, 4)
label = 2

scores = x @ W + b
e = np.exp(scores)
probs = e / e.sum()
onehot = np.eye(len(b))[label]
loss = -np.sum(onehot * np.log(probs))
dscores = probs - onehot
dW = x[:, None] * dscores[None, :]
db = dscores.copy()
