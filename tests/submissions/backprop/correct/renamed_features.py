import numpy as np


def activate(t):
    return 1 / (1 + np.exp(-t))


features = np.array([0.5, 0.1, -0.2])
label = 0.6
alpha = 0.5
w_in = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
w_out = np.array([0.1, -0.3])

z1 = np.dot(features, w_in)
a1 = activate(z1)
z2 = np.dot(a1, w_out)
a2 = activate(z2)

err = label - a2
delta2 = err * a2 * (1 - a2)
delta1 = delta2 * w_out * a1 * (1 - a1)

delta_w_h_o = alpha * delta2 * a1
delta_w_i_h = alpha * np.outer(features, delta1)
print(delta_w_h_o)
print(delta_w_i_h)
