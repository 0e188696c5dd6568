import math
import numpy as np

# plain python, no numpy in the function
def viterbi(obs, start_p, trans_p, emit_p):
    n = len(start_p)
    V = [{}]
    for s in range(n):
        V[0][s] = (math.log(start_p[s]) + math.log(emit_p[s][obs[0]]), None)
    for t in range(1, len(obs)):
        V.append({})
        for s in range(n):
            top = None
            for r in range(n):
                value = V[t-1][r][0] + math.log(trans_p[r][s])
                if top is None or value > top[0]:
                    top = (value, r)
            V[t][s] = (top[0] + math.log(emit_p[s][obs[t]]), top[1])
    last = max(V[-1], key=lambda s: V[-1][s][0])
    best = V[-1][last][0]
    route = [last]
    for t in range(len(obs) - 1, 0, -1):
        last = V[t][last][1]
        route.append(last)
    route.reverse()
    return np.array(route), best
