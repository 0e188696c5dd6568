import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

def backpropagation(x, target, learnrate, w1, w2):
    """one forward and one backward pass, returns both weight steps"""
    hidden = sigmoid(np.dot(x, w1))
    out = sigmoid(np.dot(hidden, w2))
    err = target - out
    out_term = err * out * (1 - out)
    hidden_term = out_term * w2 * hidden * (1 - hidden)
    return learnrate * out_term * hidden, learnrate * hidden_term * x[:, None]


delta_w_h_o, delta_w_i_h = backpropagation(x, target, learnrate, weights_input_hidden, weights_hidden_output)

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
