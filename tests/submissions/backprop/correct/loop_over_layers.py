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

Ws = [weights_input_hidden, weights_hidden_output[:, None]]
acts = [x]
for W in Ws:
    acts.append(sigmoid(acts[-1] @ W))

grads = []
signal = target - acts[-1]
for W, a_in, a_out in zip(Ws[::-1], acts[-2::-1], acts[::-1]):
    term = signal * a_out * (1 - a_out)
    grads.insert(0, np.outer(a_in, term))
    signal = W @ term

delta_w_i_h = learnrate * grads[0]
delta_w_h_o = (learnrate * grads[1]).ravel()
print(delta_w_h_o)
print(delta_w_i_h)
