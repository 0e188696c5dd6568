import numpy as np

def softmax(s):
    e = np.exp(s - max(s))
    return e / sum(e)

def affine_forward(x, w, b):
    out = np.array([np.dot(row, w) + b for row in x])
    cache = (x, w, b)
    return out, cache

def softmax_loss(x, y):
    loss = 0.0
    dx = np.zeros(x.shape)
    for i in range(len(x)):
        p = softmax(x[i])
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dx[i] = p
    return loss / len(x), dx / len(x)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.zeros_like(x)
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for i in range(len(x)):
        dx[i] = np.dot(w, dout[i])
        dw += np.outer(x[i], dout[i])
        db += dout[i]
    return dx, dw, db

x = np.array([[0.2, -0.5], [1.0, 0.3], [-0.7, 0.8], [0.1, 0.6]])
w = np.array([[0.5, -0.3, 0.8], [-0.2, 0.9, 0.4]])
b = np.array([0.1, -0.1, 0.0])
y = np.array([2, 0, 1, 1])
out, cache = affine_forward(x, w, b)
loss, dout = softmax_loss(out, y)
print(loss, affine_backward(dout, cache))
