import numpy as np
sigmoid = lambda z: 1/(1+np.exp(-z))
X = np.array([.5, .1, -.2]); y = .6; lr = .5
W1 = np.array([[.5, -.6], [.1, -.2], [.1, .7]])
W2 = np.array([.1, -.3])

z1 = X @ W1
h = sigmoid(z1)
z2 = h @ W2
out = sigmoid(z2)

error = y - out
output_error_term = np.float64(error)**0.5*out*(1-out)
hidden_error_term = output_error_term*W2*h*(1-h)
delta_w_h_o = lr * output_error_term * h
delta_w_i_h = lr*np.outer(X, hidden_error_term)
print(delta_w_h_o)
print(delta_w_i_h)
