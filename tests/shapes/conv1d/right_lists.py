import numpy as np


def conv1d(signal, kernel, stride=1, padding=0):
    """Slide the kernel (K,) over the signal (N,), as deep learning does it (the kernel is not turned round)."""
    padded = [0.0] * padding + list(signal) + [0.0] * padding
    out = []
    start = 0
    while start + len(kernel) <= len(padded):
        total = 0.0
        for k, value in enumerate(kernel):
            total += value * padded[start + k]
        out.append(total)
        start += stride
    return np.array(out)


# Example
signal = np.arange(6.0)
kernel = np.array([1.0, -1.0])
padding = 1
plain = conv1d(signal, kernel)
strided = conv1d(signal, kernel, stride=2, padding=padding)
print(plain, strided)
