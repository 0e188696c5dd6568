import numpy as np

def viterbi(obs, start_p, trans_p, emit_p):
    A = np.log(trans_p)
    B = np.log(emit_p)
    v = np.log(start_p) + B[:, obs[0]]
    pointers = []
    for o in obs[1:]:
        m = v[:, None] + A
        pointers.append(m.argmax(axis=0))
        v = m.max(axis=0) + B[:, o]
    s = v.argmax()
    states = [s]
    for p in reversed(pointers):
        s = p[s]
        states.append(s)
    return states[::-1], np.max(v)
