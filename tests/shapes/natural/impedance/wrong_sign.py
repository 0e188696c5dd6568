"""AC circuits with complex numbers (Electrical Engineering 1, computer exercise)."""
import cmath
import math


def impedance(R, L, C, f):
    """Impedance of R, L and C in series at frequency f."""
    # TODO
    omega = 2 * math.pi * f
    return complex(R, omega * L + 1 / (omega * C))


def parallel(*zs):
    # TODO: impedance of several in parallel
    return 1 / sum(1 / z for z in zs)


def phase_degrees(z):
    # TODO
    return math.degrees(cmath.phase(z))


R, L, C = 100.0, 0.05, 2e-6
f = 400.0
Z = impedance(R, L, C, f)
print(f"|Z| = {abs(Z):.2f} Ohm, phase {phase_degrees(Z):.1f} degrees")
Zp = parallel(Z, 50.0, 20j)
print("parallel:", Zp)
resonance = 1 / (2 * math.pi * math.sqrt(L * C))
print(impedance(R, L, C, resonance).real)
