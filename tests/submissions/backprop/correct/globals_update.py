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

def solve():
    h = sigmoid(np.dot(x, weights_input_hidden))
    o = sigmoid(np.dot(h, weights_hidden_output))
    e = target - o
    t = e * o * (1 - o)
    ht = t * weights_hidden_output * h * (1 - h)
    return {'error': e, 'output_error_term': t, 'hidden_error_term': ht,
            'delta_w_h_o': learnrate * t * h, 'delta_w_i_h': learnrate * ht * x[:, None]}


globals().update(solve())

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
