import numpy as np
def sigmoid(x):
    return 1/(1+np.exp(-x))
learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])
for step in range(2):
    h = np.dot(x, w)
    nn_output = sigmoid(h)
    error = y - nn_output
    error_term = error * nn_output * (1 - nn_output)
    del_w = learnrate * error_term * x
    w = w + del_w
print(del_w)
