import numpy as np

def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

def propagate(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    cost = np.mean(-Y * np.log(A) - (1 - Y) * np.log(1 - A))
    dZ = A - Y
    grads = {}
    grads["db"] = np.mean(dZ)
    grads["dw"] = np.mean(X * dZ, axis=1, keepdims=True)
    return grads, cost

def optimize(w, b, X, Y, num_iterations, learning_rate):
    theta = np.vstack([w, [[b]]])
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(theta[:-1], theta[-1, 0], X, Y)
        theta = theta - learning_rate * np.vstack([grads["dw"], [[grads["db"]]]])
        costs.append(cost)
    return {"w": theta[:-1], "b": theta[-1, 0]}, costs[::2]

def predict(w, b, X):
    return np.where(w.T @ X + b > 0.5, 1.0, 0.0)
