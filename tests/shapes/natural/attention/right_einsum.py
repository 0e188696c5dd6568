import numpy as np

def attention_forward(Q, K, V, causal=False):
    s = np.einsum('nd,md->nm', Q, K) * Q.shape[-1] ** -0.5
    if causal:
        n, m = s.shape
        s[np.arange(n)[:, None] < np.arange(m)[None, :]] = -1e9
    p = np.exp(s)
    p = p / p.sum(axis=1, keepdims=True)
    o = np.einsum('nm,me->ne', p, V)
    return o, (p, Q, K, V)

def attention_backward(dout, cache):
    p, Q, K, V = cache
    dv = np.einsum('nm,ne->me', p, dout)
    dp = np.einsum('ne,me->nm', dout, V)
    ds = p * dp
    ds = ds - p * ds.sum(axis=1, keepdims=True)
    ds = ds * Q.shape[-1] ** -0.5
    return ds @ K, ds.T @ Q, dv
