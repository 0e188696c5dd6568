import numpy as np
import data_prep

X, Y = data_prep.features, data_prep.targets
learnrate, epochs = 0.4, 6
weights_input_hidden = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
weights_hidden_output = np.array([0.7, -0.2])

f = lambda z: 1 / (1 + np.exp(-z))

for e in range(epochs):
    H = f(X @ weights_input_hidden)
    O = f(H @ weights_hidden_output)
    d_out = (Y - O) * O * (1 - O)
    d_hid = np.outer(d_out, weights_hidden_output) * H * (1 - H)
    weights_hidden_output = weights_hidden_output + learnrate * (H.T @ d_out) / len(Y)
    weights_input_hidden = weights_input_hidden + learnrate * (X.T @ d_hid) / len(Y)
