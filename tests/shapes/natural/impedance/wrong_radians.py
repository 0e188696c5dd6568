import numpy as np

def impedance(R, L, C, f):
    w = 2 * np.pi * f
    return R + 1j * w * L + 1 / (1j * w * C)

def parallel(*zs):
    total = 0
    for z in zs:
        total += 1 / z
    return 1 / total

def phase_degrees(z):
    return np.angle(z)
