import numpy as np

def batchnorm_forward(x, gamma, beta, eps=1e-5):
    N, D = x.shape
    out = np.zeros((N, D))
    columns = []
    for j in range(D):
        column = x[:, j]
        m = sum(column) / N
        s = (sum((column - m) ** 2) / (N - 1) + eps) ** 0.5
        z = (column - m) / s
        out[:, j] = z * gamma[j] + beta[j]
        columns.append((z, s, gamma[j]))
    return out, columns

def batchnorm_backward(dout, cache):
    dx = np.zeros(dout.shape)
    dgamma, dbeta = [], []
    for j, (z, s, g) in enumerate(cache):
        d = dout[:, j]
        dbeta.append(sum(d))
        dgamma.append(np.dot(d, z))
        dx[:, j] = g / s * (d - np.mean(d) - z * np.dot(d, z) / len(d))
    return dx, np.array(dgamma), np.array(dbeta)

x = np.random.randn(5, 2)
out, cache = batchnorm_forward(x, np.ones(2), np.zeros(2))
print(out.mean(axis=0), out.std(axis=0))
