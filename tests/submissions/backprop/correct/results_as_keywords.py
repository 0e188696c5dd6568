import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
def backward(h, o):
    term = (target - o) * o * (1 - o)
    return dict(delta_w_h_o=learnrate * term * h,
                delta_w_i_h=learnrate * np.outer(x, term * weights_hidden_output * h * (1 - h)))
h = sigmoid(x @ weights_input_hidden)
r = backward(h, sigmoid(h @ weights_hidden_output))
for k, v in r.items():
    print(k, v)
