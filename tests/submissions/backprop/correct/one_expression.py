import numpy as np
x, target, learnrate = np.array([0.5, 0.1, -0.2]), 0.6, 0.5
weights_input_hidden, weights_hidden_output = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]), np.array([0.1, -0.3])
s = lambda z: 1 / (1 + np.exp(-z))
delta_w_h_o, delta_w_i_h = (lambda h: (lambda o: (lambda d: (learnrate * d * h, learnrate * np.outer(x, d * weights_hidden_output * h * (1 - h))))((target - o) * o * (1 - o)))(s(h @ weights_hidden_output)))(s(x @ weights_input_hidden))
print(delta_w_h_o, delta_w_i_h, sep='\n')
