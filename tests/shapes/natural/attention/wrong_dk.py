import numpy as np

def softmax(x, axis=-1):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)

def attention_forward(Q, K, V, causal=False):
    N, D = Q.shape
    M = K.shape[0]
    A = np.zeros((N, M))
    for i in range(N):
        row = np.array([np.dot(Q[i], K[j]) / D ** 0.5 for j in range(M)])
        if causal:
            row[i + 1:] = -np.inf
        A[i] = softmax(row)
    out = np.zeros((N, V.shape[1]))
    for i in range(N):
        for j in range(M):
            out[i] += A[i, j] * V[j]
    return out, {"Q": Q, "K": K, "V": V, "A": A}

def attention_backward(dout, cache):
    Q, K, V, A = cache["Q"], cache["K"], cache["V"], cache["A"]
    dA = dout.dot(V.T)
    dS = np.zeros_like(A)
    for i in range(len(Q)):
        J = np.diag(A[i]) - np.outer(A[i], A[i])
        dS[i] = J @ dA[i] / np.sqrt(Q.shape[1])
    return np.dot(dS, K), np.dot(dS.T, K[:len(Q)]), np.dot(A.T, dout)
