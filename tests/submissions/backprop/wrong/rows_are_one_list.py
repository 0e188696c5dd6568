import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden = sigmoid(x @ weights_input_hidden)
output = sigmoid(hidden @ weights_hidden_output)
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)

delta_w_h_o = [learnrate * output_error_term * h for h in hidden]
rows = [[0.0] * len(hidden)] * len(x)
for i in range(len(x)):
    for j in range(len(hidden)):
        rows[i][j] = learnrate * hidden_error_term[j] * x[i]
delta_w_i_h = np.array(rows)
