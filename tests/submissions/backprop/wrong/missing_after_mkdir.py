import numpy as np
sigmoid = lambda z: 1/(1+np.exp(-z))
X = np.array([.5, .1, -.2]); y = .6; lr = .5
W1 = np.array([[.5, -.6], [.1, -.2], [.1, .7]])
W2 = np.array([.1, -.3])

z1 = X @ W1
h = sigmoid(z1)
z2 = h @ W2
out = sigmoid(z2)

import os
os.mkdir('output')
error = y - out
