import numpy as np
import matplotlib.pyplot as plt

def design(x):
    return np.column_stack([np.atleast_1d(x), np.ones(np.size(x))])

x, y = np.genfromtxt("data.csv", delimiter=",", skip_header=1, unpack=True)
rate, epochs = 0.1, 30
theta = np.zeros(2)
errors = np.zeros(epochs)
for k in range(epochs):
    r = design(x) @ theta - y
    errors[k] = r @ r / len(r)
    theta = theta - 2 * rate / len(y) * design(x).T @ r
w, b = theta
predicted = (design(2.0) @ theta)[0]
plt.plot(range(epochs), errors)
plt.show()
