import numpy as np
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
sigmoid = np.vectorize(lambda t: 1 / (1 + np.exp(-t)), otypes=[float])
rate = np.vectorize(lambda u, v: learnrate * np.multiply.outer(u, v), signature='(n),(m)->(n,m)')
hidden = sigmoid(x @ weights_input_hidden)
output = float(sigmoid(hidden @ weights_hidden_output))
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)
delta_w_h_o = rate(np.array([output_error_term]), hidden)[0]
delta_w_i_h = rate(x, hidden_error_term)
