import math


class Quaternion:
    """A quaternion w + xi + yj + zk."""

    def __init__(self, w, x, y, z):
        self.w, self.x, self.y, self.z = w, x, y, z

    def __repr__(self):
        return f"Quaternion({self.w}, {self.x}, {self.y}, {self.z})"

    def __add__(self, other):
        # TODO
        return Quaternion(self.w + other.w, self.x + other.x, self.y + other.y, self.z + other.z)

    def __mul__(self, other):
        # TODO: Hamilton's product
        a, b, c, d = self.w, self.x, self.y, self.z
        e, f, g, h = other.w, other.x, other.y, other.z
        return Quaternion(
            a * e - b * f - c * g - d * h,
            a * f + b * e + c * h - d * g,
            a * g - b * h + c * e + d * f,
            a * h + b * g - c * f + d * e,
        )

    def conjugate(self):
        # TODO
        return Quaternion(self.w, -self.x, -self.y, -self.z)

    def norm(self):
        # TODO
        return math.sqrt(self.w**2 + self.x**2 + self.y**2 + self.z**2)

    def rotate(self, v):
        """Rotate the vector v = (x, y, z) by this unit quaternion."""
        # TODO: q v q*
        r = self * Quaternion(0, *v) * self.conjugate()
        return r.x, r.y, r.z

    @classmethod
    def from_axis_angle(cls, axis, angle):
        # TODO: unit quaternion of the rotation about axis (any length) by angle
        length = math.sqrt(sum(c * c for c in axis))
        s = math.sin(angle / 2) / length
        return cls(math.cos(angle / 2), *(s * c for c in axis))


p = Quaternion(1.0, 2.0, -0.5, 3.0)
q = Quaternion(0.5, -1.0, 4.0, 1.5)
print(p + q)
print(p * q)
print(q * p)
print(p.norm())
turn = Quaternion.from_axis_angle((1.0, 2.0, 2.0), 0.8)
print(turn)
print(turn.rotate((1.0, 0.5, -2.0)))
