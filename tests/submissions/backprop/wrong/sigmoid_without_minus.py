import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(x))

def forward(x, w1, w2):
    h = sigmoid(np.dot(x, w1))
    o = sigmoid(np.dot(h, w2))
    return h, o

def backward(x, h, o, target, w2, rate):
    err = target - o
    out_term = err * o * (1 - o)
    hid_term = np.dot(out_term, w2) * h * (1 - h)
    dw2 = rate * out_term * h
    dw1 = rate * hid_term * x[:, None]
    return dw2, dw1

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
h, o = forward(x, weights_input_hidden, weights_hidden_output)
delta_w_h_o, delta_w_i_h = backward(x, h, o, target, weights_hidden_output, learnrate)
print(delta_w_h_o)
print(delta_w_i_h)
