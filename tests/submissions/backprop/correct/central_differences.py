import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

def loss(w1, w2):
    return 0.5 * (target - sigmoid(sigmoid(x @ w1) @ w2)) ** 2

def slope(f, w, eps=1e-5):
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += eps
        down[i] -= eps
        g[i] = (f(up) - f(down)) / (2 * eps)
    return g

delta_w_h_o = -learnrate * slope(lambda w: loss(weights_input_hidden, w), weights_hidden_output)
delta_w_i_h = -learnrate * slope(lambda w: loss(w, weights_hidden_output), weights_input_hidden)
