"""
CS 447 - Assignment 3: decoding a hidden Markov model
"""
import numpy as np


def log_prob(p):
    """Logarithm of probabilities; zeros give -inf without a warning."""
    with np.errstate(divide="ignore"):
        return np.log(p)


def viterbi(obs, start_p, trans_p, emit_p):
    """Most likely sequence of hidden states.

    Args:
        obs: observed symbols, a list of T integers
        start_p: (S,) initial probabilities
        trans_p: (S, S) trans_p[i, j] = P(j | i)
        emit_p: (S, V) emit_p[i, k] = P(k | i)

    Returns:
        path: list of T states
        best: log probability of that path
    """
    T = len(obs)
    S = len(start_p)
    delta = np.zeros((T, S))
    back = np.zeros((T, S), dtype=int)

    # TODO: initialise delta for the first observation
    delta[0] = log_prob(start_p) + log_prob(emit_p[:, obs[0]])

    # TODO: recursion
    for t in range(1, T):
        for j in range(S):
            scores = delta[t - 1] + log_prob(trans_p[:, j])
            back[t, j] = np.argmax(scores)
            delta[t, j] = scores[back[t, j]] + log_prob(emit_p[j, obs[t]])

    # TODO: follow the back pointers
    path = [int(np.argmax(delta[-1]))]
    for t in range(T - 1, 0, -1):
        path.insert(0, int(back[t, path[0]]))
    best = delta[-1].max()
    return path, best


if __name__ == "__main__":
    start_p = np.array([0.6, 0.4])
    trans_p = np.array([[0.7, 0.3], [0.4, 0.6]])
    emit_p = np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]])
    obs = [0, 1, 2, 2, 0]
    path, best = viterbi(obs, start_p, trans_p, emit_p)
    print("path:", path)
    print("log probability: %.4f" % best)
