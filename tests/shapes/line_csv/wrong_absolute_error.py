import numpy as np
import matplotlib.pyplot as plt

data = np.loadtxt("data.csv", delimiter=",", skiprows=1)
x = data[:, 0]
y = data[:, 1]

rate = 0.1
epochs = 30
w, b = 0.0, 0.0
errors = []
for epoch in range(epochs):
    # TODO: what the line says
    y_hat = w * x + b
    # TODO: the mean squared error, for the plot
    errors.append(np.mean(abs(y - y_hat)))
    # TODO: the two derivatives
    dw = -2 * np.mean((y - y_hat) * x)
    db = -2 * np.mean(y - y_hat)
    # TODO: one step down
    w -= rate * dw
    b -= rate * db

# TODO: the price of an area of 2
predicted = w * 2 + b
print("price = %.3f * area + %.3f" % (w, b))
plt.plot(errors)
plt.xlabel("epoch")
plt.show()
