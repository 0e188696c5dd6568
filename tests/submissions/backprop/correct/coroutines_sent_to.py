import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

def layer(w):
    a = None
    while True:
        value = yield a
        a = sigmoid(value @ w)
hid, out = layer(weights_input_hidden), layer(weights_hidden_output)
next(hid), next(out)
hidden = hid.send(x)
output = out.send(hidden)
hid.close(); out.close()
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)

delta_w_h_o = learnrate * output_error_term * hidden
delta_w_i_h = learnrate * hidden_error_term * x[:, None]
