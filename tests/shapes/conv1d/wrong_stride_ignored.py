import numpy as np

def conv1d(signal, kernel, stride=1, padding=0):
    return np.correlate(np.pad(signal, padding), kernel, mode="valid")
