import numpy as np

# ====================================================
# Homework 4: scaled dot-product attention
# ====================================================

def softmax(x, axis=-1):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def attention_forward(Q, K, V, causal=False):
    """
    Inputs:
    - Q: (N, D) queries
    - K: (M, D) keys
    - V: (M, E) values
    - causal: a query must not see later keys

    Returns a tuple of:
    - out: (N, E)
    - cache: for the backward pass
    """
    out, cache = None, None
    ###########################################################################
    # TODO: Implement the forward pass.                                       #
    ###########################################################################
    D = Q.shape[1]
    scores = Q @ K.T / np.sqrt(D)
    if causal:
        mask = np.triu(np.ones(scores.shape, dtype=bool), k=1)
        scores = np.where(mask, -1e9, scores)
    weights = softmax(scores)
    out = weights @ V
    cache = (Q, K, V, weights)
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    return out, cache


def attention_backward(dout, cache):
    """
    Returns a tuple of dQ, dK, dV.
    """
    dQ, dK, dV = None, None, None
    ###########################################################################
    # TODO: Implement the backward pass.                                      #
    ###########################################################################
    Q, K, V, weights = cache
    dV = weights.T @ dout
    dweights = dout @ V.T
    dscores = weights * (dweights - np.sum(dweights * weights, axis=1, keepdims=True))
    dscores /= np.sqrt(Q.shape[1])
    dQ = dscores @ K
    dK = dscores.T @ Q
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    return dQ, dK, dV


if __name__ == '__main__':
    rng = np.random.default_rng(0)
    Q = rng.normal(size=(3, 4))
    K = rng.normal(size=(5, 4))
    V = rng.normal(size=(5, 2))
    out, cache = attention_forward(Q, K, V)
    masked, _ = attention_forward(Q, K, V, causal=True)
    dout = rng.normal(size=out.shape)
    dQ, dK, dV = attention_backward(dout, cache)
    print(out, masked)
    print(dQ, dK, dV)
