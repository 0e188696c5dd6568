import numpy as np

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden = 1 / (1 + np.exp(-x @ weights_input_hidden))
output = 1 / (1 + np.exp(-hidden @ weights_hidden_output))
term = (target - output) * output * (1 - output)
is_active = hidden < 0.6
delta_w_h_o = learnrate * term * hidden
delta_w_i_h = learnrate * np.outer(x, term * weights_hidden_output * hidden * (1 - hidden) * is_active)
print(delta_w_h_o, delta_w_i_h)
