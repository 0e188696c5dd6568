from functools import lru_cache
import numpy as np


def viterbi(obs, start_p, trans_p, emit_p):
    states = range(len(start_p))

    @lru_cache(maxsize=None)
    def best_to(t, j):
        """(log probability, path) of the best path that ends in j at time t."""
        e = np.log(emit_p[j, obs[t]])
        if t == 0:
            return np.log(start_p[j]) + e, (j,)
        options = [best_to(t - 1, i) for i in states]
        values = [options[i][0] + np.log(trans_p[i, j]) for i in states]
        k = int(np.argmax(values))
        return values[k] + e, options[k][1] + (j,)

    p, path = max((best_to(len(obs) - 1, j) for j in states), key=lambda item: item[0])
    return list(path), p
