import numpy as np

def average(old, new, beta):
    out = old + (1 - beta) * (new - old)
    return out, out / (1 - beta ** t)

w = np.array([0.4, -0.7, 1.2, 0.1])
grad = np.array([0.3, -0.1, 0.05, -0.6])
m = np.array([0.1, 0.0, -0.2, -0.3])
v = np.array([0.02, 0.01, 0.05, 0.2])
t = 3
alpha, beta1, beta2 = 0.01, 0.9, 0.999
eps = 1e-8
m, m_hat = average(m, grad, beta1)
v, v_hat = average(v, np.square(grad), beta2)
w += -alpha * m_hat / (np.sqrt(v_hat) + eps)
