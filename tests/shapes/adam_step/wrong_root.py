import numpy as np

# Adam: one step
w = np.array([0.4, -0.7, 1.2, 0.1])
grad = np.array([0.3, -0.1, 0.05, -0.6])
m = np.array([0.1, 0.0, -0.2, -0.3])
v = np.array([0.02, 0.01, 0.05, 0.2])
t = 3
alpha, beta1, beta2 = 0.01, 0.9, 0.999
eps = 1e-8

m_hat = np.zeros(len(w))
v_hat = np.zeros(len(w))
for i in range(len(w)):
    m[i] = beta1 * m[i] + (1 - beta1) * grad[i]
    v[i] = beta2 * v[i] + (1 - beta2) * grad[i] * grad[i]
    m_hat[i] = m[i] / (1 - beta1 ** t)
    v_hat[i] = v[i] / (1 - beta2 ** t)
    w[i] -= alpha * m_hat[i] / (v_hat[i] + eps)
    print(i, w[i])
