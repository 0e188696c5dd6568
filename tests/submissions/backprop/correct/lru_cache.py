from functools import lru_cache
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

@lru_cache(maxsize=None)
def hidden():
    return sigmoid(np.dot(x, weights_input_hidden))


@lru_cache(maxsize=None)
def output():
    return sigmoid(np.dot(hidden(), weights_hidden_output))


@lru_cache(maxsize=None)
def output_term():
    return (target - output()) * output() * (1 - output())


@lru_cache(maxsize=None)
def hidden_term():
    return output_term() * weights_hidden_output * hidden() * (1 - hidden())


delta_w_h_o = learnrate * output_term() * hidden()
delta_w_i_h = learnrate * hidden_term() * x[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
