import numpy as np


def rnn_step(x, h_prev, Wx, Wh, b):
    """One time step: x (D,), h_prev (H,), Wx (D, H), Wh (H, H), b (H,)."""
    # YOUR CODE HERE
    return np.tanh(x @ Wx + h_prev @ Wh + b)


def rnn_forward(xs, h0, Wx, Wh, b):
    """All time steps: xs (T, D). Returns hidden states (T, H)."""
    # YOUR CODE HERE
    h = h0
    hs = []
    for x in xs:
        h = rnn_step(x, h, Wx, Wh, b)
        hs.append(h)
    return np.array(hs)


def rnn_backward(dhs, xs, hs, h0, Wx, Wh):
    """Backpropagation through time.

    dhs (T, H): gradient of the loss with respect to each hidden state.
    Returns dWx, dWh, db.
    """
    T = len(xs)
    dWx = np.zeros_like(Wx)
    dWh = np.zeros_like(Wh)
    db = np.zeros(Wh.shape[0])
    # YOUR CODE HERE
    dnext = np.zeros(Wh.shape[0])
    for t in range(T - 1, -1, -1):
        dz = (dhs[t] + dnext) * (1 - hs[t])
        h_prev = hs[t - 1] if t > 0 else h0
        dWx += np.outer(xs[t], dz)
        dWh += np.outer(h_prev, dz)
        db += dz
        dnext = Wh @ dz
    return dWx, dWh, db


# ---------------------------------------------------------------- try it
rng = np.random.default_rng(7)
T, D, H = 4, 3, 2
xs = rng.normal(size=(T, D))
Wx = rng.normal(size=(D, H)) * 0.5
Wh = rng.normal(size=(H, H)) * 0.5
b = np.zeros(H)
h0 = np.zeros(H)

hs = rnn_forward(xs, h0, Wx, Wh, b)
print(hs)
dWx, dWh, db = rnn_backward(hs - 1, xs, hs, h0, Wx, Wh)
print(dWx, dWh, db, sep="\n")
