import numpy as np


def pool_forward(x, size, stride):
    out, where = [], []
    width = x.shape[1]
    for top in range(0, x.shape[0] - size + 1, stride):
        line, places = [], []
        for left in range(0, width - size + 1, stride):
            best = -np.inf
            place = None
            for r in range(top, top + size):
                for c in range(left, left + size):
                    if x[r, c] > best:
                        best = x[r, c]
                        place = r * width + c
            line.append(best)
            places.append(place)
        out.append(line)
        where.append(places)
    return np.array(out), np.array(where)


def pool_backward(dout, where, shape):
    flat = np.zeros(shape[0] * shape[1])
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            flat[where[i, j]] = dout[i, j]
    return flat.reshape(shape)
