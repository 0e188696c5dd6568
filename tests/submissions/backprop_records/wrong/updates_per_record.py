import numpy as np
from data_prep import features, targets
def sigmoid(z): return 1 / (1 + np.exp(-z))
learnrate = 0.4
epochs = 6
weights_input_hidden = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
weights_hidden_output = np.array([0.7, -0.2])
for epoch in range(epochs):
    for x, y in zip(features, targets):
        h = sigmoid(x @ weights_input_hidden); o = sigmoid(h @ weights_hidden_output)
        t = (y - o) * o * (1 - o)
        g = t * weights_hidden_output * h * (1 - h)
        weights_hidden_output = weights_hidden_output + learnrate * t * h / len(features)
        weights_input_hidden = weights_input_hidden + learnrate * g * x[:, None] / len(features)
