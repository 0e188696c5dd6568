import numpy as np


def sigmoid(z):
    # TODO (1 line of code)
    return 1 / (1 + np.exp(-z))


def propagate(w, b, X, Y):
    """
    w -- weights, (D, 1); b -- bias, a scalar; X -- data, (D, M); Y -- labels 0 and 1, (1, M)

    Return: grads -- dictionary with "dw" and "db"; cost -- negative log-likelihood, averaged
    """
    m = X.shape[1]
    # TODO: forward (2 lines of code)
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    # TODO: backward (2 lines of code)
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y) / m
    return {"dw": db, "db": dw}, cost


def optimize(w, b, X, Y, num_iterations, learning_rate):
    """Return: params -- dictionary with "w" and "b"; costs -- list of the costs of iterations 0, 2, 4, ..."""
    costs = []
    for i in range(num_iterations):
        # TODO
        grads, cost = propagate(w, b, X, Y)
        # TODO: update
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 2 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, costs


def predict(w, b, X):
    """1.0 where the probability is above 0.5, else 0.0; (1, M)"""
    A = sigmoid(np.dot(w.T, X) + b)
    # TODO
    return (A > 0.5).astype(float)


# Example
w = np.array([[1.0], [-2.0]])
b = 0.5
X = np.array([[0.5, -1.0, 2.0, 0.1], [1.5, 0.3, -0.4, 0.6]])
Y = np.array([[1, 0, 1, 0]])
num_iterations = 5
learning_rate = 0.1
grads, cost = propagate(w, b, X, Y)
dw = grads["dw"]
db = grads["db"]
params, costs = optimize(w, b, X, Y, num_iterations=num_iterations, learning_rate=learning_rate)
w_final, b_final = params["w"], params["b"]
predictions = predict(w_final, b_final, X)
print("cost =", cost)
print("costs =", costs)
print("predictions =", predictions)
