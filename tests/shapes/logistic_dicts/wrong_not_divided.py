import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def propagate(w, b, X, Y):
    D, m = X.shape
    cost = 0
    dw = np.zeros((D, 1))
    db = 0
    for k in range(m):
        x = X[:, k]
        a = sigmoid(x.dot(w[:, 0]) + b)
        y = Y[0, k]
        cost -= np.log(a) if y == 1 else np.log(1 - a)
        for j in range(D):
            dw[j, 0] += x[j] * (a - y)
        db += a - y
    grads = {"dw": dw, "db": db}
    return grads, cost / m

def optimize(w, b, X, Y, num_iterations, learning_rate):
    w = w.copy()
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w -= learning_rate * grads["dw"]
        b -= learning_rate * grads["db"]
        if i % 2 == 0:
            costs.append(cost)
            print("Cost after iteration %i: %f" % (i, cost))
    params = {"w": w, "b": b}
    return params, costs

def predict(w, b, X):
    m = X.shape[1]
    out = np.zeros((1, m))
    for k in range(m):
        if sigmoid(np.dot(X[:, k], w[:, 0]) + b) > 0.5:
            out[0, k] = 1
    return out
