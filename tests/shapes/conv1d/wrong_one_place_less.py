import numpy as np


def conv1d(signal, kernel, stride=1, padding=0):
    """Slide the kernel (K,) over the signal (N,), as deep learning does it (the kernel is not turned round)."""
    # TODO: zeros at both ends
    padded = np.concatenate([np.zeros(padding), signal, np.zeros(padding)])
    # TODO: how many places the kernel has
    n_out = (len(padded) - len(kernel)) // stride
    out = np.zeros(n_out)
    for i in range(n_out):
        # TODO
        window = padded[i * stride:i * stride + len(kernel)]
        out[i] = np.sum(window * kernel)
    return out


# Example
signal = np.array([1.0, 3.0, -2.0, 0.5, 4.0, 1.5, -1.0])
kernel = np.array([0.5, 1.0, -0.5])
padding = 2
plain = conv1d(signal, kernel)
strided = conv1d(signal, kernel, stride=2, padding=padding)
print(plain)
print(strided)
