import numpy as np

# Adam: one step
w = np.array([0.4, -0.7, 1.2, 0.1])
grad = np.array([0.3, -0.1, 0.05, -0.6])
m = np.array([0.1, 0.0, -0.2, -0.3])
v = np.array([0.02, 0.01, 0.05, 0.2])
t = 3
alpha, beta1, beta2 = 0.01, 0.9, 0.999
eps = 1e-8

# TODO
m = beta1 * m + (1 - beta1) * grad
# TODO
v = beta2 * v + (1 - beta2) * grad ** 2

# TODO: both started at zero, t steps ago: correct for it
m_hat = m / (1 - beta1 ** t)
v_hat = v / (1 - beta2 * t)

# TODO
w = w - alpha * m_hat / (np.sqrt(v_hat) + eps)
print(w)
