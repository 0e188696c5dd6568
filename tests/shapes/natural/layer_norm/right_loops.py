import numpy as np

def layernorm_forward(x, gamma, beta, params=None):
    eps = 1e-5
    N, D = x.shape
    out = np.zeros((N, D))
    rows = []
    for i in range(N):
        m = sum(x[i]) / D
        v = sum((x[i] - m) ** 2) / D
        h = (x[i] - m) / (v + eps) ** 0.5
        rows.append((h, v))
        out[i] = gamma * h + beta
    return out, (x, gamma, rows, eps)

def layernorm_backward(dout, cache):
    x, gamma, rows, eps = cache
    dgamma = np.zeros(len(gamma))
    dbeta = np.zeros(len(gamma))
    dx = np.zeros(x.shape)
    D = x.shape[1]
    for i, (h, v) in enumerate(rows):
        dgamma += dout[i] * h
        dbeta += dout[i]
        g = dout[i] * gamma
        dx[i] = (D * g - g.sum() - h * (g @ h)) / (D * np.sqrt(v + eps))
    return dx, dgamma, dbeta

def dropout_forward(x, mask, p):
    out = np.where(mask == 1, x / p, 0)
    return out, {"mask": mask, "p": p}

def dropout_backward(dout, cache):
    return np.where(cache["mask"] == 1, dout / cache["p"], 0)
