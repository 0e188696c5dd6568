import numpy as np
# my solution
def sig(v):
    return 1.0/(1.0+np.exp(-v))

lr = 0.5
X = np.array([0.5, 0.1, -0.2])
t = 0.6
W1 = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
W2 = np.array([0.1, -0.3])
z1 = X @ W1
a1 = sig(z1)
z2 = a1 * W2
y = sig(z2)
e = t - y
d2 = e * y * (1 - y)
d1 = d2 * W2 * a1 * (1 - a1)
delta_w_h_o = lr * d2 * a1
delta_w_i_h = lr * np.outer(X, d1)
print(delta_w_h_o, delta_w_i_h)
